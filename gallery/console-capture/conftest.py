"""The application on a server, one browser for all tests, and a page for each, whose words are in the reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import serving
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

if TYPE_CHECKING:
    from browser_log import BrowserLogs

pytest_plugins = ["browser_log"]

expect.set_options(timeout=60_000)  # ms: Python has to start


def _from_folder(route: Route) -> None:
    route.fulfill(path=serving.runtime(route.request.url))


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve this folder, once for all tests."""
    with serving.serve() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser, once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=serving.executable())
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str, browser_logs: BrowserLogs) -> Iterator[Page]:
    """Open an empty page that shares nothing with the other tests'."""
    context = browser.new_context(base_url=address)
    if serving.offline():
        context.route(serving.NETWORK, _from_folder)
    browser_logs.watch(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def expenses(page: Page) -> Page:
    """Open the application, and let Python start."""
    page.goto("index.html")
    expect(page.locator("#status")).to_have_text("Ready")
    return page
