"""The gauges: plain data, which tells nobody of its changes. It knows nothing of any page."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

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


@dataclass(eq=False)
class Gauge:
    """A gauge: its name, its level and its alarm in metres, and whether somebody watches it."""

    name: str
    alarm: float
    level: float
    watched: bool = False


def _known() -> list[Gauge]:
    return [Gauge(name, alarm, tide(alarm, 0)) for name, alarm in PLACES.items()]


@dataclass
class Watchlist:
    """All gauges, and what the list is filtered by."""

    gauges: list[Gauge] = field(default_factory=_known)
    text: str = ""
    turn: int = 0

    @property
    def shown(self) -> list[Gauge]:
        """The gauges that the filter lets through."""
        return [gauge for gauge in self.gauges if self.text in gauge.name.lower()]

    def add(self, name: str, alarm: float) -> None:
        """Add a gauge."""
        self.gauges.append(Gauge(name, alarm, tide(alarm, 0)))

    def read(self) -> None:
        """Take the next reading, of one gauge after the other."""
        if self.gauges:
            self.turn += 1
            gauge = self.gauges[self.turn % len(self.gauges)]
            gauge.level = tide(gauge.alarm, self.turn)
