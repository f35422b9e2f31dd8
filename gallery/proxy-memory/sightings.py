"""The diary of the bay: which birds were seen where on each day. It knows nothing of the page."""

from __future__ import annotations

import random
from array import array
from dataclasses import dataclass, field
from math import sin
from weakref import WeakSet

WIDTH, HEIGHT = 400, 200
"""The size of the map."""
SPECIES = (
    "Arctic tern",
    "Common eider",
    "Curlew",
    "Dunlin",
    "Gannet",
    "Grey heron",
    "Herring gull",
    "Oystercatcher",
    "Puffin",
    "Red-throated diver",
)
A_DAY = 30
"""How many sightings there are on a day."""
POSITIONS = 256
"""How many positions a flight has."""

in_memory: WeakSet[Sighting] = WeakSet()
"""Every sighting that something still holds: a list, a marker, or a proxy that nobody has destroyed."""


@dataclass(slots=True, weakref_slot=True, eq=False)
class Sighting:
    """Some birds that were seen, and how they flew on."""

    species: str
    birds: int
    flight: array[float] = field(repr=False)
    """Where they were, x and y in turn, in units of the map."""

    def __post_init__(self) -> None:
        """Be counted for as long as something holds it."""
        in_memory.add(self)


def seen_on(day: int) -> list[Sighting]:
    """Give all that was seen on a day, from 1."""
    chance = random.Random(-day)
    return [Sighting(species, birds, _flight(chance)) for species, birds in _notes(day)]


def days_with(species: str, last: int) -> list[tuple[int, int]]:
    """Find the days up to LAST on which a species was seen, and how many birds on each."""
    counts = [
        (day, sum(birds for name, birds in _notes(day) if name == species))
        for day in range(1, last + 1)
    ]
    return [(day, birds) for day, birds in counts if birds]


def _notes(day: int) -> list[tuple[str, int]]:
    chance = random.Random(day)
    return [(chance.choice(SPECIES), chance.randint(1, 40)) for _ in range(A_DAY)]


def _flight(chance: random.Random) -> array[float]:
    path = array("d", bytes(16 * POSITIONS))
    path[0::2] = _wander(chance, WIDTH)
    path[1::2] = _wander(chance, HEIGHT)
    return path


def _wander(chance: random.Random, size: int) -> array[float]:
    start, drift = chance.uniform(0.1, 0.9) * size, chance.uniform(-0.6, 0.6)
    width, turn = chance.uniform(5, 18), chance.uniform(0.03, 0.09)
    return array(
        "d", [start + drift * i + width * sin(turn * i) for i in range(POSITIONS)]
    )
