"""What the page shows: the high waters, and two rows of numbers."""

from __future__ import annotations

from array import array
from datetime import datetime, timedelta
from typing import Any

from js import document
from tides import Waters

BEGINNING = datetime(2026, 1, 1)
"""What hours are counted from, in UTC."""
WIDTH, HEIGHT = 1000, 240
"""The chart, in its units."""


def element(id: str) -> Any:
    """Find an element of the page."""
    return document.getElementById(id)


def say(text: str) -> None:
    """Show what goes on."""
    element("status").value = text


class Table:
    """The high waters of a harbour, as far as they are known."""

    def __init__(self, begin: int, days: int, foot: float, head: float) -> None:
        """Show none yet. BEGIN is in hours from the beginning of 2026, FOOT and HEAD of the chart are in metres."""
        self._foot, self._high = foot, head - foot
        self._begin, self._length = begin, days * 24
        self._hours, self._metres = array("d"), array("f")
        self._show()

    def add(self, waters: Waters) -> None:
        """Show some more."""
        self._hours.extend(waters["hours"])
        self._metres.extend(waters["metres"])
        self._show()

    def _show(self) -> None:
        count = len(self._hours)
        done = (self._hours[-1] - self._begin) / self._length if count else 0
        element("progress").value = done
        element("count").value = str(count) if count else "–"
        element("highest").value = self._highest() if count else "–"
        element("curve").setAttribute(
            "points", " ".join(map(self._point, self._hours, self._metres))
        )

    def _highest(self) -> str:
        metres = max(self._metres)
        hour = self._hours[self._metres.index(metres)]
        when = BEGINNING + timedelta(hours=hour)
        return f"{metres:.2f} m on {when:%d %B at %H:%M}"

    def _point(self, hour: float, metres: float) -> str:
        x = (hour - self._begin) / self._length * WIDTH
        y = HEIGHT - (metres - self._foot) / self._high * HEIGHT
        return f"{x:.1f},{y:.1f}"


def fill(row: str, took: float, longest: float) -> None:
    """Show what a way of predicting costs, in milliseconds."""
    element(f"{row}-took").value = f"{took:.0f}"
    element(f"{row}-block").value = f"{longest:.0f}"
