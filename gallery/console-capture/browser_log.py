"""A pytest plugin: what the browser said while a test ran, in the report of that test.

It reads what Playwright (the synchronous interface) tells of a context: the console, what Python printed, errors that
nobody caught, with Python's traceback, and requests that failed. Each line has its time in ms since the test began.
The lines stand in the terminal's report of a test that fails, in JUnit's XML as <system-out>, if "junit_logging" is
"system-out", and in the text file of --browser-log=FILE.

A test that would pass although the page had an error fails, unless it is marked with page_errors.
"""

from __future__ import annotations

import re
import textwrap
import time
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Request,
    Response,
    WebError,
)

SECTION = "stdout of the browser"  # what begins with stdout is what JUnit's XML takes
PATIENCE = (
    500  # ms that a page has to hand over its last words; one that is frozen has none
)
_printed = re.compile(r"\[(stdout|stderr)\] ")


class Entry:
    """One thing that the browser said."""

    def __init__(self, source: str, text: str, at: float | None) -> None:
        """Take what was said, by whom, and when in ms since the epoch, or now if nobody knows."""
        self.source = source  # such as stdout, console.log or page error
        self.text = text
        self.exact = at is not None
        self.at = 1000 * time.time() if at is None else at


class BrowserLog:
    """What the browser has said since a test began."""

    def __init__(self) -> None:
        """Begin now."""
        self.began = 1000 * time.time()
        self.entries: list[Entry] = []
        self._reported = 0

    def add(self, entry: Entry) -> None:
        """Take what has arrived. Nothing that came before it was said after it, whenever the test came to hear of it."""
        for earlier in reversed(self.entries):
            if earlier.exact or not entry.exact:
                break
            earlier.at = min(earlier.at, entry.at)
        self.entries.append(entry)

    def said(self, source: str) -> list[str]:
        """Read what came from a source, in order."""
        return [entry.text for entry in self.entries if entry.source == source]

    def take(self) -> str:
        """Write what no report has yet."""
        fresh = self.entries[self._reported :]
        self._reported = len(self.entries)
        return "".join(
            f"{'' if entry.exact else '≤':>2}{entry.at - self.began:7.0f} ms  {entry.source:<15}"
            f"{textwrap.indent(entry.text, ' ' * 29).lstrip()}\n"
            for entry in fresh
        )


class BrowserLogs:
    """Hears the browser, and writes what it says into the report of the test that is running."""

    def __init__(self) -> None:
        """Hear nothing yet."""
        self.current = BrowserLog()
        self._contexts: list[BrowserContext] = []

    def watch(self, context: BrowserContext) -> None:
        """Hear all pages of a context until it is closed."""
        self._contexts.append(context)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("requestfailed", self._request)
        context.on("response", self._response)
        context.on("close", self._closed)

    def settle(self) -> None:
        """Hear what has been said so far: it arrives only while the test waits for the browser."""
        for page in [page for context in self._contexts for page in context.pages]:
            with suppress(Error):  # it is frozen, closed or crashed
                page.wait_for_function("true", timeout=PATIENCE)

    def _closed(self, context: BrowserContext) -> None:
        self._contexts.remove(context)

    def _console(self, message: ConsoleMessage) -> None:
        source, text = f"console.{message.type}", message.text
        if printed := _printed.match(text):
            source, text = printed[1], text[printed.end() :]
        self.current.add(Entry(source, text, message.timestamp))

    def _error(self, error: WebError) -> None:
        text = error.error.stack or error.error.message
        if (
            "PythonError" in text
        ):  # whose traceback says all; the frames of WebAssembly behind it say nothing
            text = text.partition("\n    at ")[0].rstrip()
        self.current.add(Entry("page error", text, None))

    def _request(self, request: Request) -> None:
        self.current.add(
            Entry(
                "request failed",
                f"{request.method} {request.url}: {request.failure}",
                None,
            )
        )

    def _response(self, response: Response) -> None:
        if not response.ok and not 300 <= response.status < 400:
            request = response.request
            self.current.add(
                Entry(
                    "response",
                    f"{response.status} {request.method} {request.url}",
                    None,
                )
            )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        """Begin a log with each test."""
        self.current = BrowserLog()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(
        self, pyfuncitem: pytest.Function
    ) -> Generator[None, object, object]:
        """Fail a test that has not noticed what went wrong in the page."""
        result = yield
        self.settle()
        if self.current.said("page error") and not pyfuncitem.get_closest_marker(
            "page_errors"
        ):
            pytest.fail("the page had an error that nobody caught", pytrace=False)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Add what was said in a phase of the test (its setup, call or teardown) to the report of that."""
        self.settle()
        item.add_report_section(call.when, SECTION, self.current.take())
        return (yield)


class TextFile:
    """The text file: a heading for each test, and what the browser said."""

    def __init__(self, path: Path) -> None:
        """Begin the file."""
        self.path = path
        path.write_text("", encoding="utf-8")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write all that is known of a test behind its last phase."""
        said = [text for name, text in report.sections if SECTION in name]
        if report.when == "teardown" and said:
            with self.path.open("a", encoding="utf-8") as file:
                file.writelines([f"{report.nodeid}\n", *said, "\n"])


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for the text file."""
    parser.addoption(
        "--browser-log",
        type=Path,
        metavar="FILE",
        help="write what the browser said in each test",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start to listen. With pytest-xdist each worker listens, and the session that started them writes the file."""
    config.addinivalue_line(
        "markers", "page_errors: the page may have errors that nobody catches"
    )
    config.pluginmanager.register(BrowserLogs(), "browser-logs")
    if (path := config.getoption("browser_log")) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(TextFile(path), "browser-log-file")


@pytest.fixture
def browser_logs(pytestconfig: pytest.Config) -> BrowserLogs:
    """Give what listens: watch(context) is for the fixture that opens a context."""
    logs = pytestconfig.pluginmanager.getplugin("browser-logs")
    assert isinstance(logs, BrowserLogs)
    return logs


@pytest.fixture
def browser_log(browser_logs: BrowserLogs) -> BrowserLog:
    """Give what the browser has said since this test began."""
    return browser_logs.current
