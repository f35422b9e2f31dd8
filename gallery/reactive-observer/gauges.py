"""The gauges, which tell whoever asks of their changes. They know nothing of any page."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bridge import Subscription, observable

PLACES = {
    "Avonmouth": 14.2,
    "Dover": 7.1,
    "Holyhead": 6.2,
    "Immingham": 7.9,
    "Leith": 5.9,
    "Liverpool": 10.0,
    "Lowestoft": 2.8,
    "Newlyn": 6.1,
}
"""Gauges to begin with, and the level at which each sets off an alarm, in metres."""


def tide(alarm: float, turn: int) -> float:
    """Give the level of a gauge at a turn, in metres: it comes and goes, and every so often it is over the alarm."""
    return round(alarm * (0.62 + 0.4 * math.sin(turn * 1.7 + alarm)), 2)


@observable
@dataclass(eq=False)
class Gauge:
    """A gauge: its name, its level and its alarm in metres, and whether somebody watches it."""

    name: str
    alarm: float
    level: float
    watched: bool = False


class Watchlist:
    """All gauges. It tells of those that come and go."""

    def __init__(self) -> None:
        """Begin with some that are known."""
        self._gauges: list[Gauge] = []
        self._tell: list[Callable[[Gauge, bool], None]] = []
        self._turn = 0
        for name, alarm in PLACES.items():
            self.add(name, alarm)

    def __iter__(self) -> Iterator[Gauge]:
        """Go through the gauges, in the order in which they came."""
        return iter(self._gauges)

    def on_change(self, tell: Callable[[Gauge, bool], None]) -> Subscription:
        """Have TELL called with each gauge that comes (True) or goes (False)."""
        self._tell.append(tell)
        return Subscription(lambda: self._tell.remove(tell))

    def add(self, name: str, alarm: float) -> None:
        """Add a gauge."""
        gauge = Gauge(name, alarm, tide(alarm, 0))
        self._gauges.append(gauge)
        for tell in tuple(self._tell):
            tell(gauge, True)

    def remove(self, gauge: Gauge) -> None:
        """Take a gauge out."""
        self._gauges.remove(gauge)
        for tell in tuple(self._tell):
            tell(gauge, False)

    def read(self) -> None:
        """Take the next reading, of one gauge after the other."""
        if self._gauges:
            self._turn += 1
            gauge = self._gauges[self._turn % len(self._gauges)]
            gauge.level = tide(gauge.alarm, self._turn)
