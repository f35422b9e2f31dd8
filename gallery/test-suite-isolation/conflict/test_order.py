"""Two tests that pass alone. Together they pass in one order, and fail in the other."""

from __future__ import annotations

import pytest
from departures import load
from playwright.sync_api import Page


def test_page(page: Page) -> None:
    """Open the page."""
    page.goto("index.html")
    assert page.title() == "Next departures"


@pytest.mark.asyncio
async def test_load() -> None:
    """Load a timetable in a loop of its own."""

    async def fetch() -> str:
        return "[]"

    assert await load(fetch) == ([], 1)
