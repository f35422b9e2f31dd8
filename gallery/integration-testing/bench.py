"""pytest in the page: one session, which stays open and runs what the host asks for."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Generator, Iterable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

import pytest
from pyodide.ffi import run_sync

OPTIONS = (
    "-q",
    "--capture=sys",
    "--continue-on-collection-errors",
    "-p no:cacheprovider",
    "-p no:faulthandler",
    "-o python_files=pyodide_*.py",
    "--rootdir=.",
)


class Bench:
    """A pytest plugin that takes the names of tests from the host and gives it their reports."""

    def __init__(self, host: Any, version: str) -> None:
        """Take what bench.mjs has for it."""
        self.host = host
        self.version = version
        self.broken: dict[str, str] = {}
        self.reports: list[pytest.TestReport] = []

    def answer(self, **what: object) -> None:
        """Let the host read something."""
        self.host.answer(json.dumps(what))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember why a file has no tests."""
        if report.failed:
            self.broken[report.nodeid] = report.longreprtext

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Say what there is, and run one after the other until no more is asked for."""
        items = {item.nodeid: item for item in session.items}
        python = sys.version.partition(" ")[0]
        self.answer(
            tests=list(items),
            broken=self.broken,
            runs=f"Pyodide {self.version}, Python {python}",
        )
        while name := run_sync(self.host.asked()):
            self.run(items[name])
        return True

    def run(self, item: pytest.Item) -> None:
        """Run a test. If it leaves proxies behind, it fails."""
        self.reports = []
        self.host.begin()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        last = self.reports[-1]
        if last.passed and (left := self.host.left()):
            last.outcome = "failed"
            last.longrepr = (
                f"These became proxies, and nobody has destroyed them:\n{left}"
            )
        serialize = item.config.hook.pytest_report_to_serializable
        self.answer(
            reports=[
                serialize(config=item.config, report=report) for report in self.reports
            ]
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect the reports of a test: of its setup, its call and its teardown."""
        self.reports.append(report)

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(
        self, pyfuncitem: pytest.Function
    ) -> Generator[None, object, object]:
        """Wait for a test that is async, in the event loop of the page, which goes on."""
        test = pyfuncitem.obj
        if inspect.iscoroutinefunction(test):
            pyfuncitem.obj = lambda **fixtures: run_sync(test(**fixtures))
        try:
            return (yield)
        finally:
            pyfuncitem.obj = test


async def main(host: Any, tests: Iterable[str], version: str) -> None:
    """Run a session. JavaScript calls this, and so the functions above can wait for it with run_sync."""
    with redirect_stdout(StringIO()) as said, redirect_stderr(said):
        pytest.main([*OPTIONS, *tests], plugins=[Bench(host, version)])
    host.answer(
        json.dumps({"broken": f"The session in the page has ended.\n{said.getvalue()}"})
    )
