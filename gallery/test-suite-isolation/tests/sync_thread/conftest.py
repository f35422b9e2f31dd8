"""Playwright's synchronous interface in a thread of its own, so that no loop runs in the thread of the async tests."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import serving
from playwright.sync_api import Browser, Page, Route, sync_playwright


def _from_folder(route: Route) -> None:
    route.fulfill(path=serving.runtime(route.request.url))


@pytest.fixture(scope="session")
def thread() -> Iterator[ThreadPoolExecutor]:
    """Keep the only thread that may touch the browser: Playwright's objects belong to the thread that made them."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="browser") as thread:
        yield thread


@pytest.fixture(scope="session")
def browser(thread: ThreadPoolExecutor) -> Iterator[Browser]:
    """Start the browser, once."""
    playwright = thread.submit(lambda: sync_playwright().start()).result()
    browser = thread.submit(
        playwright.chromium.launch, executable_path=serving.executable()
    ).result()
    yield browser
    thread.submit(browser.close).result()
    thread.submit(playwright.stop).result()


@pytest.fixture
def page(thread: ThreadPoolExecutor, browser: Browser, address: str) -> Iterator[Page]:
    """Open a page that shares nothing with the other tests'."""

    def opened() -> Page:
        context = browser.new_context(base_url=address)
        if serving.offline():
            context.route(serving.NETWORK, _from_folder)
        return context.new_page()

    page = thread.submit(opened).result()
    yield page
    thread.submit(page.context.close).result()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Run a test that takes a page in the browser's thread; what it raises is raised here."""
    test, thread = pyfuncitem.obj, pyfuncitem.funcargs.get("thread")
    if isinstance(thread, ThreadPoolExecutor):
        pyfuncitem.obj = lambda **fixtures: thread.submit(test, **fixtures).result()
    try:
        return (yield)
    finally:
        pyfuncitem.obj = test
