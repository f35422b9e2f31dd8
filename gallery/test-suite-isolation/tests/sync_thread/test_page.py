"""The page, through the synchronous interface, in the thread of the browser: see the hook in conftest.py."""

from __future__ import annotations

from playwright.sync_api import Page, expect

expect.set_options(timeout=60_000)  # ms: Python has to start


def test_the_next_departures_are_shown(page: Page) -> None:
    """Around midnight, today's last tram comes before tomorrow's first."""
    page.goto("index.html")
    expect(page.locator("#status")).to_have_text("Ready")
    page.get_by_label("Stop").fill("Market")
    page.get_by_label("Leaving from").fill("23:50")
    expect(page.locator("#departures tr")).to_have_text(
        ["2University23:588 min", "2University07:58488 min", "4Hospital08:03493 min"]
    )
