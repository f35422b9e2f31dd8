"""Counts the birds, in the worker: each change of what was seen is answered with a new count."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import Any, NamedTuple

import js
from bridge import Signal, computed, effect
from pyodide.ffi import to_js


class Sighting(NamedTuple):
    """Some birds of one kind."""

    bird: str
    number: int


seen: Signal[tuple[Sighting, ...]] = Signal(())


@computed
def tally() -> Counter[str]:
    """Add up the birds of each kind, however their names were typed."""
    birds: Counter[str] = Counter()
    for bird, number in seen.value:
        birds[" ".join(bird.split()).capitalize()] += number
    return birds


def diversity(birds: Counter[str]) -> float:
    """Say how mixed a population is (Shannon's index): 0 if all are alike, the logarithm of the kinds at most."""
    return -sum(
        number / birds.total() * log(number / birds.total())
        for number in birds.values()
    )


def hear(sightings: Any) -> None:
    """Take all that was seen, from the page: an array of objects with a bird and a number."""
    seen.value = tuple(Sighting(s.bird, int(s.number)) for s in sightings)


@effect
def answer() -> None:
    """Tell the page the count."""
    birds = tally.value
    count = {
        "sightings": len(seen.value),
        "tally": birds.most_common(),
        "diversity": diversity(birds),
    }
    js.postMessage(to_js({"count": count}, dict_converter=js.Object.fromEntries))
