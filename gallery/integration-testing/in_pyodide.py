"""A pytest plugin: tests that run in a browser, on Pyodide. They stand in files whose name begins with pyodide_.

A second pytest runs in the page, the same as here. It says which tests there are, and runs one when it is asked to. What
comes of it is reported here as if it had run here, as pytest-xdist does with other processes.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from importlib.metadata import files
from pathlib import Path
from typing import Any

import pytest
import serving
from playwright.sync_api import Error, Page, Route, TimeoutError, sync_playwright

PATTERN = "pyodide_*.py"
PYTEST = ("pytest", "pluggy", "iniconfig", "packaging", "pygments")
START = 60_000  # ms until Python and pytest are there


def packed() -> bytes:
    """Zip the pytest that runs here, with what it needs: it is all Python."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in PYTEST:
            for file in files(name) or []:
                if file.suffix == ".py" and file.parts[0] != "..":
                    archive.write(str(file.locate()), file.as_posix())
    return buffer.getvalue()


class Bench:
    """The page in which the tests run. It is opened when it is needed."""

    def __init__(self, config: pytest.Config) -> None:
        """Open nothing yet."""
        self.config = config
        self.root = config.rootpath
        self.limit = 1000 * float(config.getini("pyodide_timeout"))
        self.runs = ""
        self._stack = ExitStack()
        self._browser: Any = None
        self._address = ""
        self._page: Page | None = None
        self._found: dict[str, Any] = {}

    def tests(self, file: str) -> list[str]:
        """List the tests of a file. Raises CollectError where the page could not import it."""
        self._open()
        broken = self._found["broken"]
        if isinstance(broken, str) or file in broken:
            raise pytest.Collector.CollectError(
                broken if isinstance(broken, str) else broken[file]
            )
        return [name for name in self._found["tests"] if name.startswith(f"{file}::")]

    def run(self, item: pytest.Item) -> list[pytest.TestReport]:
        """Run a test. One that does not end is given up, with its page."""
        page = self._open()
        page.evaluate("name => bench.run(name)", item.nodeid)
        try:
            answer = self._answer(page, self.limit)
        except Error as error:
            page.context.close()
            self._page = None
            late = isinstance(error, TimeoutError)
            answer = {
                "broken": f"no answer in {self.limit / 1000:g} s"
                if late
                else error.message
            }
        if "reports" in answer:
            return [self._report(data) for data in answer["reports"]]
        return [
            pytest.TestReport(
                item.nodeid, item.location, {}, "failed", answer["broken"], "call"
            )
        ]

    def _report(self, data: dict[str, Any]) -> pytest.TestReport:
        if isinstance(data["longrepr"], list):  # what a skip says: a tuple, before JSON
            data["longrepr"] = tuple(data["longrepr"])
        report = self.config.hook.pytest_report_from_serializable(
            config=self.config, data=data
        )
        assert isinstance(report, pytest.TestReport)
        return report

    def close(self) -> None:
        """Close the browser."""
        self._stack.close()

    def _open(self) -> Page:
        if self._page is None:
            if self._browser is None:
                self._address = self._stack.enter_context(serving.serve(self.root))
                playwright = self._stack.enter_context(sync_playwright())
                self._browser = playwright.chromium.launch(
                    executable_path=serving.executable()
                )
                self._stack.callback(self._browser.close)
            context = self._browser.new_context(base_url=self._address)
            if serving.offline():
                context.route(serving.NETWORK, _from_folder)
            context.route("**/pytest.zip", lambda route: route.fulfill(body=packed()))
            self._page = context.new_page()
            self._page.goto("bench.html")
            self._page.wait_for_function("globalThis.bench")
            self._page.evaluate("what => bench.open(what)", self._what())
            self._found = self._answer(self._page, START)
            self.runs = self._found.get("runs", "")
        return self._page

    def _what(self) -> dict[str, object]:
        tests = [self._name(path) for path in self.root.rglob(PATTERN)]
        return {
            "folder": "/home/pyodide",
            "archives": ["pytest.zip", *map(self._name, self.root.glob("*.whl"))],
            "files": ["bench.py", *self.config.getini("pyodide_files"), *tests],
            "tests": sorted(tests),
        }

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    @staticmethod
    def _answer(page: Page, limit: float) -> Any:
        page.wait_for_function("bench.answered()", timeout=limit)
        return json.loads(page.evaluate("bench.take()"))


def _from_folder(route: Route) -> None:
    route.fulfill(path=serving.runtime(route.request.url))


BENCH = pytest.StashKey[Bench]()


class PyodideFile(pytest.File):
    """A file of tests that the page has imported."""

    def collect(self) -> Iterable[pytest.Item]:
        """Take the names that the page has found, with all that parametrize makes of one."""
        for name in self.config.stash[BENCH].tests(self.nodeid):
            yield PyodideItem.from_parent(
                self, name=name.removeprefix(f"{self.nodeid}::")
            )


class PyodideItem(pytest.Item):
    """A test that runs in the page."""

    def runtest(self) -> None:
        """Do nothing: the protocol below takes its place."""
        raise NotImplementedError

    def reportinfo(self) -> tuple[Path, None, str]:
        """Say where it stands."""
        return self.path, None, self.name


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say what goes into the page, and how long a test may take there."""
    parser.addini("pyodide_files", "what the tests in the page import", type="linelist")
    parser.addini(
        "pyodide_timeout", "seconds that a test in the page may take", default="30"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Have a page at hand."""
    config.stash[BENCH] = Bench(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close it."""
    config.stash[BENCH].close()


def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> pytest.Collector | None:
    """Take the files whose tests run in the page."""
    if file_path.match(PATTERN):
        return PyodideFile.from_parent(parent, path=file_path)
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """Run a test in the page, and report what it reports."""
    if not isinstance(item, PyodideItem):
        return None
    hook = item.ihook
    hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in item.config.stash[BENCH].run(item):
        hook.pytest_runtest_logreport(report=report)
    hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say where the tests have run."""
    if runs := config.stash[BENCH].runs:
        terminalreporter.write_line(f"in the page: {runs}")
