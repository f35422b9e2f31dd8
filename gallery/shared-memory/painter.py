"""A painter: follows a point that never comes to rest, and counts in shared memory where it has been."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from math import cos, sin
from typing import Any

import js
from lock import Lock
from pyodide.ffi import to_js

A, B, C, D = (
    -1.4,
    1.6,
    1.0,
    0.7,
)  # Clifford Pickover's formula; with other numbers it is another picture
FURTHEST_X, FURTHEST_Y = 1 + C, 1 + D
BATCH = 20_000


class Painter:
    """One of those who paint in the same memory."""

    def __init__(self, memory: Any, number: int) -> None:
        """Paint in MEMORY, whose views and words are those of memory.mjs, as the painter with a NUMBER from 0."""
        self._control, self._counts, self._words = (
            memory.control,
            memory.counts,
            memory.words,
        )
        self._width, self._height = memory.width, memory.height
        self._points = memory.words.points + number
        self._lock = Lock(memory.control, memory.words.lock, memory.words.waited)
        self._x, self._y = random.random(), random.random()

    def paint(self, points: int, locked: bool) -> None:
        """Follow the point for POINTS jumps, unless the page says stop. Without the lock, some of them get lost."""
        turn: AbstractContextManager[None] = self._lock if locked else nullcontext()
        done = 0
        # The page cannot send a message to Python that is at work. It can write a word that Python looks at.
        while done < points and not js.Atomics.load(self._control, self._words.stop):
            hits = self._follow(min(BATCH, points - done))
            with turn:
                self._count(hits)
            done += len(hits)
            js.Atomics.add(self._control, self._points, len(hits))

    def lit(self) -> int:
        """Read how many cells are lit, as whoever coloured the picture last wrote down."""
        return int(js.Atomics.load(self._control, self._words.lit))

    def costs(self) -> Any:
        """Measure, in milliseconds, the copies in and out, and a point with and without a batch. It counts in earnest."""
        hits = self._follow(BATCH)

        def by_themselves() -> None:
            for hit in hits[:2000]:
                js.Atomics.add(self._counts, hit, 1)

        def together() -> None:
            with self._lock:
                self._count(hits)

        cells = self._counts.to_py()
        costs = {
            "each": _middle(by_themselves) / 2000,
            "batch": _middle(together) / BATCH,
            "copy-in": _middle(self._counts.to_py),
            "copy-out": _middle(lambda: self._counts.assign(cells)),
        }
        return to_js(costs, dict_converter=js.Object.fromEntries)

    def _follow(self, jumps: int) -> list[int]:
        """Name the cells in which the point comes down."""
        x, y, width = self._x, self._y, self._width
        across = (width - 1) / (2 * FURTHEST_X)
        down = (self._height - 1) / (2 * FURTHEST_Y)
        hits = []
        for _ in range(jumps):
            x, y = sin(A * y) + C * cos(A * x), sin(B * x) + D * cos(B * y)
            hits.append(
                int((y + FURTHEST_Y) * down) * width + int((x + FURTHEST_X) * across)
            )
        self._x, self._y = x, y
        return hits

    def _count(self, hits: list[int]) -> None:
        """Add to the counts. Python reaches its own memory alone: it copies them in, adds, and copies them back."""
        cells = self._counts.to_py()
        for hit in hits:
            cells[hit] += 1
        self._counts.assign(cells)


def _middle(work: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[2] * 1000
