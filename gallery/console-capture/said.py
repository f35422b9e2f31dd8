"""Prints what the browser said in the tests that failed, from a report in JUnit's XML: for the log of a CI run."""

from __future__ import annotations

import sys
from xml.etree import ElementTree


def said(report: str) -> list[str]:
    """Read a heading and the browser's words for each test that failed. Raises OSError and ElementTree.ParseError."""
    return [
        f"{test.get('classname')}.{test.get('name')}\n{test.findtext('system-out', '')}"
        for test in ElementTree.parse(report).iter("testcase")
        if test.find("failure") is not None or test.find("error") is not None
    ]


if __name__ == "__main__":
    print("\n".join(said(sys.argv[1])))
