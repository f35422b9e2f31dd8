"""What the page has made of Python's functions, and nobody has destroyed.

It is no part of Pyodide's interface, and the same from 0.26 to 314. The page has to let the test at `pyodide`.
"""

from __future__ import annotations

from playwright.sync_api import Page


def watch(page: Page) -> None:
    """Begin to count proxies."""
    page.evaluate("() => pyodide._module.enable_pyproxy_allocation_tracing()")


def held(page: Page) -> list[str]:
    """Name what has become a proxy since, and is one still."""
    return [
        str(name)
        for name in page.evaluate(
            "() => [...pyodide._module.pyproxy_alloc_map.keys()].map(String)"
        )
    ]
