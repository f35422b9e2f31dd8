"""Predicts high waters. It knows nothing of the page: what it needs comes in, and what it finds goes out, as plain data."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from typing import TypedDict

from bridge.worker import export

SPEEDS = (
    28.9841042,
    30.0,
    28.4397295,
    30.0821373,
    15.0410686,
    13.9430356,
    57.9682084,
    58.9841042,
)
"""How fast each part of the tide goes round (M2, S2, N2, K2, K1, O1, M4, MS4), in degrees per hour."""
STEP = 1 / 20
"""From one point of the curve to the next, in hours."""
WEEK = round(7 * 24 / STEP)
"""How many points a week has."""


class Waters(TypedDict):
    """The high waters of a week, or of what is left of one."""

    hours: array[float]
    """When they are, counted from the beginning of 2026."""
    metres: array[float]
    """How high they are, above chart datum."""


@export
def high_waters(
    mean: float, parts: Sequence[Sequence[float]], begin: int, days: int
) -> Iterator[Waters]:
    """Predict high waters from BEGIN on, in hours from the beginning of 2026, and yield them week by week.

    MEAN is the mean sea level in metres, PARTS has the height in metres and the phase in radians of each part of the
    tide. Raises ValueError if a part is missing, or there is no day to predict.
    """
    if len(parts) != len(SPEEDS):
        raise ValueError(
            f"a harbour has {len(SPEEDS)} parts, and this one {len(parts)}"
        )
    if days < 1:
        raise ValueError("there is no day to predict")
    waves = [
        (metres, math.radians(speed), phase)
        for (metres, phase), speed in zip(parts, SPEEDS, strict=True)
    ]
    before = level = math.inf
    found = Waters(hours=array("d"), metres=array("f"))
    for step in range(1, round(days * 24 / STEP) + 1):
        hour = begin + step * STEP
        ahead = mean + sum(
            metres * math.cos(speed * hour - phase) for metres, speed, phase in waves
        )
        if before < level >= ahead:
            found["hours"].append(hour - STEP)
            found["metres"].append(level)
        before, level = level, ahead
        if step % WEEK == 0:
            yield found
            found = Waters(hours=array("d"), metres=array("f"))
    yield found
