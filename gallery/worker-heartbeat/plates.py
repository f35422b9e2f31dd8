"""Searches photographs of the night sky for meteors, in the worker. Two of its plates have a fault that it falls for."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import cycle, takewhile

from pulse import beat, watched

LINES = 24
LARGE = 20
"""How many lines a plate has, and how many times as many a large one."""
POINTS = 4000
BRIGHT = 0.985


@watched
def search(plate: int, kind: str, attempt: int) -> int:
    """Count the meteors of a plate. When it is tried again, lines that are bright from end to end are left out."""
    found = 0
    for number in range(LINES * (LARGE if kind == "large" else 1)):
        beat()
        line = _line(plate, number, spoilt=kind in ("scratched", "torn"))
        if attempt > 1 and min(line) > BRIGHT:
            continue
        found += _streaks(line, tidily=kind == "torn")
    return found


def _line(plate: int, number: int, *, spoilt: bool) -> list[float]:
    chance = random.Random(plate * 1000 + number)
    if spoilt and number == LINES // 2:
        return [1.0] * POINTS
    return [chance.random() for _ in range(POINTS)]


def _streaks(line: Sequence[float], *, tidily: bool) -> int:
    """Count the places that are bright over more than one point."""
    measure = _follow_tidily if tidily else _follow
    streaks = 0
    for start, light in enumerate(line):
        if light > BRIGHT and line[start - 1] <= BRIGHT or start == 0:
            streaks += measure(line, start) > 1
    return streaks


def _follow(line: Sequence[float], start: int) -> int:
    """Measure a streak, over the edge of the plate if need be. A scratch has no end, and the loop has none either."""
    length = 0
    while line[(start + length) % len(line)] > BRIGHT:
        length += 1
    return length


def _follow_tidily(line: Sequence[float], start: int) -> int:
    """Do the same, all of it in C: Python looks for interrupts between two steps of its own, and here there are none."""
    onwards = cycle((*line[start:], *line[:start]))
    return sum(map(bool, takewhile(BRIGHT.__lt__, onwards)))
