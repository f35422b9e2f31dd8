"""Fixtures as most projects have them, and pytest-playwright too: the browser starts once, and stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import serving
from playwright.sync_api import Browser, Page, sync_playwright


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser, once, and with it a loop that runs in this thread until the session ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=serving.executable())
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open a page."""
    with browser.new_context(base_url=address) as context:
        yield context.new_page()
