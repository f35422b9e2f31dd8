"""What a bag weighs, and whether it may fly. Nothing here needs a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LIMIT = 8000  # g


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that comes along, with its weight in g."""

    name: str
    grams: int


def grams(kilograms: str) -> int:
    """Read a weight in kg. Raises ValueError for what is none."""
    weight = round(1000 * float(kilograms))
    if weight <= 0:
        raise ValueError("a thing weighs something")
    return weight


def written(grams: int) -> str:
    """Write a weight."""
    return f"{grams / 1000:g} kg"


def total(things: Iterable[Thing]) -> int:
    """Add up, in g."""
    return sum(thing.grams for thing in things)


def advice(grams: int) -> str:
    """Say by how much a bag is too heavy, or nothing."""
    return f"Too heavy: take {written(grams - LIMIT)} out." if grams > LIMIT else ""
