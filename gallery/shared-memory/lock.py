"""A lock in shared memory, for workers: they sleep while another thread has it."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import js

FREE, HELD, WAITED_FOR = range(3)


class Lock:
    """One word of an Int32Array on shared memory: free, held, or held and waited for.

    What is written before it is given back is there for whoever takes it next. It is for workers: on the page, where
    nobody may sleep, taking it raises a JsException if another thread has it.
    """

    def __init__(self, words: Any, at: int, waited: int) -> None:
        """Use the word AT, and count in the word WAITED how often somebody slept."""
        self._words, self._at, self._waited = words, at, waited

    def __enter__(self) -> None:
        """Take the lock, and sleep until it can be had."""
        if js.Atomics.compareExchange(self._words, self._at, FREE, HELD) == FREE:
            return
        js.Atomics.add(self._words, self._waited, 1)
        while js.Atomics.exchange(self._words, self._at, WAITED_FOR) != FREE:
            js.Atomics.wait(self._words, self._at, WAITED_FOR)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give it back, and wake one of those who sleep."""
        if js.Atomics.exchange(self._words, self._at, FREE) == WAITED_FOR:
            js.Atomics.notify(self._words, self._at, 1)
