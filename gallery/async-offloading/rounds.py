"""Finds a short round through all stops. Pure computing: it knows nothing of the page, and runs in either thread."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from typing import TypedDict

from bridge.worker import export

Stop = tuple[float, float]

COOLEST = 0.5
"""How much longer, in units of the map, a change may still make the round at the end of the search."""


class Round(TypedDict):
    """A way through all stops and back."""

    order: list[int]
    length: float
    """In units of the map."""
    progress: float
    """How far the search is, from 0 to 1."""


@export
def improve(stops: Sequence[Stop], tries: int, reports: int = 40) -> Iterator[Round]:
    """Shorten a round by turning parts of it about, and report it every now and then, at last as it remains.

    The search is simulated annealing: it takes changes for the worse as long as it is hot. Raises ValueError for fewer
    than three stops.
    """
    if len(stops) < 3:
        raise ValueError("a round needs three stops at least")
    chance = random.Random(1)
    order = list(range(len(stops)))
    size = len(order)
    heat = 150.0
    cooling = (COOLEST / heat) ** (1 / tries)
    every = max(1, tries // reports)
    for done in range(1, tries + 1):
        first, last = sorted(chance.sample(range(1, size), 2))
        before, after = stops[order[first - 1]], stops[order[(last + 1) % size]]
        head, tail = stops[order[first]], stops[order[last]]
        longer = (
            math.dist(before, tail)
            + math.dist(head, after)
            - math.dist(before, head)
            - math.dist(tail, after)
        )
        if longer < 0 or chance.random() < math.exp(-longer / heat):
            order[first : last + 1] = order[first : last + 1][::-1]
        heat *= cooling
        if done % every == 0 or done == tries:
            yield {
                "order": list(order),
                "length": length(stops, order),
                "progress": done / tries,
            }


def length(stops: Sequence[Stop], order: Sequence[int]) -> float:
    """Measure a round, in units of the map."""
    return sum(
        math.dist(stops[order[i - 1]], stops[order[i]]) for i in range(len(order))
    )
