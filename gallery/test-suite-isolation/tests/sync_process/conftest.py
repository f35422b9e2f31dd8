"""Playwright's synchronous interface, in a session that runs no async test: its loop runs until the session ends."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
import serving
from playwright.sync_api import Browser, Page, Route, sync_playwright

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a session that has async tests too: which fail would be up to the order."""
    functions = [item for item in items if isinstance(item, pytest.Function)]
    others = [test for test in functions if inspect.iscoroutinefunction(test.obj)]
    if others and any(HERE in test.path.parents for test in functions):
        raise pytest.UsageError(
            f"{HERE.name} needs a session without async tests such as {others[0].nodeid}"
        )


def _from_folder(route: Route) -> None:
    route.fulfill(path=serving.runtime(route.request.url))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser, once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=serving.executable())
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open a page that shares nothing with the other tests'."""
    context = browser.new_context(base_url=address)
    if serving.offline():
        context.route(serving.NETWORK, _from_folder)
    yield context.new_page()
    context.close()
