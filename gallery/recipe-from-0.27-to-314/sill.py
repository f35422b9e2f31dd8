"""The water over a harbour's sill. Pure Python, and the same before and after."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi

PERIOD = 12.42  # hours from one high water to the next
SPRINGS = 354.37  # hours from one spring tide to the next


def windows(heights: Sequence[float | None], needed: float) -> list[tuple[int, int]]:
    """Find the hours, from the first to before the last, in which the tide is as high as needed, in metres.

    An hour for which the gauge was silent, None, is one in which nobody should sail.
    """
    found: list[tuple[int, int]] = []
    for hour, height in enumerate(heights):
        if height is None or height < needed:
            continue
        if found and found[-1][1] == hour:
            found[-1] = (found[-1][0], hour + 1)
        else:
            found.append((hour, hour + 1))
    return found


def year(needed: float) -> dict[str, float]:
    """Reckon a year of tides, in steps of a minute: on how many days there is water enough, and for how many hours."""
    enough, days = 0, set()
    for minute in range(365 * 24 * 60):
        hour = minute / 60
        range_of_tide = 1.8 + 0.5 * cos(2 * pi * hour / SPRINGS)
        if 3.1 + range_of_tide * cos(2 * pi * hour / PERIOD) >= needed:
            enough += 1
            days.add(minute // (24 * 60))
    return {"days": len(days), "hours": round(enough / 60)}
