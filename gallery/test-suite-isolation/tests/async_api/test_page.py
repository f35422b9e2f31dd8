"""The page, through the asynchronous interface. These tests run in the loop of their fixtures."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, Route, expect

pytestmark = pytest.mark.asyncio(loop_scope="session")
expect.set_options(timeout=60_000)  # ms: Python has to start


async def test_the_next_departures_are_shown(page: Page) -> None:
    """Around midnight, today's last tram comes before tomorrow's first."""
    await page.goto("index.html")
    await expect(page.locator("#status")).to_have_text("Ready")
    await page.get_by_label("Stop").fill("Market")
    await page.get_by_label("Leaving from").fill("23:50")
    await expect(page.locator("#departures tr")).to_have_text(
        ["2University23:588 min", "2University07:58488 min", "4Hospital08:03493 min"]
    )


async def test_a_bad_network_is_asked_again(page: Page) -> None:
    """The page has its timetable, though the server refused it twice."""
    asked = 0

    async def refuse_twice(route: Route) -> None:
        nonlocal asked
        asked += 1
        await (route.fulfill(status=503) if asked <= 2 else route.continue_())

    await page.route("**/timetable.json", refuse_twice)
    await page.goto("index.html")
    await expect(page.locator("#source")).to_contain_text("attempt 3")
