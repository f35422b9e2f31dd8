"""The gauges, made of signals. They know nothing of any page."""

from __future__ import annotations

import math

from bridge import Signal, computed

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


class Gauge:
    """A gauge: its name, its level and its alarm in metres, and whether somebody watches it."""

    def __init__(self, name: str, alarm: float) -> None:
        """Begin at the level of the first turn."""
        self.name = name
        self.alarm = alarm
        self.level = Signal(tide(alarm, 0))
        self.watched = Signal(False)
        self.over = computed(lambda: self.level.value > self.alarm)


class Watchlist:
    """All gauges, what the list is filtered by, and what follows of these."""

    def __init__(self) -> None:
        """Begin with some that are known."""
        self._turn = 0
        self.gauges = Signal([Gauge(name, alarm) for name, alarm in PLACES.items()])
        self.text = Signal("")
        self.shown = computed(self._find)
        self.over = computed(
            lambda: sum(gauge.over.value for gauge in self.gauges.value)
        )
        self.watched = computed(
            lambda: sum(gauge.watched.value for gauge in self.gauges.value)
        )

    def _find(self) -> list[Gauge]:
        text = self.text.value.lower()
        return [gauge for gauge in self.gauges.value if text in gauge.name.lower()]

    def add(self, name: str, alarm: float) -> None:
        """Add a gauge."""
        self.gauges.value = [*self.gauges.value, Gauge(name, alarm)]

    def remove(self, gauge: Gauge) -> None:
        """Take a gauge out."""
        self.gauges.value = [other for other in self.gauges.value if other is not gauge]

    def read(self) -> None:
        """Take the next reading, of one gauge after the other."""
        gauges = self.gauges.value
        if gauges:
            self._turn += 1
            gauge = gauges[self._turn % len(gauges)]
            gauge.level.value = tide(gauge.alarm, self._turn)
