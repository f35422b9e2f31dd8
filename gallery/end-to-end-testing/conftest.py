"""The application on a server, one browser for all tests, a page for each, and evidence of those that fail."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

import pytest
import serving
import starting
from playwright.sync_api import Browser, Error, Page, Route, expect, sync_playwright

EVIDENCE = serving.FOLDER / "evidence"
PAGE = pytest.StashKey[Page]()

expect.set_options(timeout=10_000)  # ms: for all but the start


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
def page(
    request: pytest.FixtureRequest, browser: Browser, address: str
) -> Iterator[Page]:
    """Open an empty page that shares nothing with the other tests', and record what happens in it."""
    with browser.new_context(base_url=address) as context:
        if serving.offline():
            context.route(serving.NETWORK, _from_folder)
        context.tracing.start(screenshots=True, snapshots=True)
        page = request.node.stash[PAGE] = context.new_page()
        yield page


@pytest.fixture
def bag(page: Page) -> Page:
    """Open the application, and wait until it says that it is ready."""
    page.goto("index.html")
    starting.says(page, "Ready")
    return page


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep the record and a picture of a test that failed, while its page is still open."""
    report = yield
    if report.failed and call.when != "teardown" and PAGE in item.stash:
        page = item.stash[PAGE]
        folder = EVIDENCE / re.sub(r"\W+", "-", item.nodeid)
        try:
            page.context.tracing.stop(path=folder / "trace.zip")
            page.screenshot(path=folder / "page.png", full_page=True, timeout=5000)
        except Error as error:  # it has crashed, or is frozen
            report.sections.append(("evidence", f"there is none: {error.message}"))
        name = folder.relative_to(serving.FOLDER).as_posix()
        report.sections.append(
            ("evidence", f"{name}/page.png\nplaywright show-trace {name}/trace.zip")
        )
    return report
