"""Looks for shoals, in a worker; and keeps numbers, so that the page can find out whether they are the same memory."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from bridge.arrays import SharedArray
from bridge.worker import export

kept: SharedArray | Sequence[float] = array("f", [0])


@export
def shoals(floor: SharedArray | memoryview[float], highest: float) -> int:
    """Count the places where the floor is higher than HIGHEST, in metres."""
    numbers = floor.copy_to_python() if isinstance(floor, SharedArray) else floor
    return sum(metres > highest for metres in numbers)


@export
def keep(numbers: SharedArray | memoryview[float]) -> int:
    """Keep what has come, and say how many numbers it has."""
    global kept
    kept = numbers
    return len(numbers)


@export
def peek() -> float:
    """Look at the first of the numbers that are kept."""
    first = kept.view_js() if isinstance(kept, SharedArray) else kept
    return float(first[0])
