"""Measures for how long the page's thread was held up."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Self

import js
from pyodide.ffi import create_proxy

PAUSE = 0.1
"""How long the browser may take to tell of the last block, in seconds."""


class Blocks:
    """A block of code, and the longest time in it for which the page could neither draw nor hear."""

    def __init__(self) -> None:
        """Know of none."""
        self.longest = 0.0
        """In milliseconds; 0 if none took 50, which is where browsers begin to count."""
        self._seen_proxy: Any = None
        self._observer: Any = None

    async def __aenter__(self) -> Self:
        """Begin to observe."""
        self._seen_proxy = create_proxy(self._seen)
        self._observer = js.PerformanceObserver.new(self._seen_proxy)
        self._observer.observe(type="longtask")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hear of what is still to be told, and end."""
        try:
            await asyncio.sleep(PAUSE)
        finally:
            self._observer.disconnect()
            self._seen_proxy.destroy()

    def _seen(self, entries: Any, *_: Any) -> None:
        for entry in entries.getEntries():
            self.longest = max(self.longest, entry.duration)
