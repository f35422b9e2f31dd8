"""How a test waits for Python: as a user does, until the page says that it is ready."""

from __future__ import annotations

from playwright.sync_api import Page, expect

SLOW = 10_000  # ms after which the page says that it still tries
START = 60_000  # ms that Python may take to start, on a machine that is busy


def says(page: Page, text: str) -> None:
    """Wait until the page says how far Python is."""
    expect(page.get_by_role("status", name="Python")).to_have_text(text, timeout=START)
