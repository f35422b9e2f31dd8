"""What the page shows: the map, the bike that rides on it, and the two rows of numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import js
from bridge.core import proxies
from js import document
from rounds import Round, Stop

METRES = 10
"""How long a unit of the map is."""
SPEED = 0.6
"""How fast the bike rides, in units of the map per millisecond."""


def element(id: str) -> Any:
    """Find an element of the page."""
    return document.getElementById(id)


def say(text: str, progress: float = 0) -> None:
    """Show what goes on, and how far it is, from 0 to 1."""
    element("status").value = text
    element("progress").value = progress


class Map:
    """The stops, the round through them, and a bike on it, which rides while somebody plans."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self.stops: Sequence[Stop] = []
        self.round: list[Stop] = []
        self.longest_gap = 0.0
        self._began = self._last = 0.0
        self._frame = 0
        self._frames: Any = None

    def put(self, stops: Sequence[Stop]) -> None:
        """Show other stops, and no round yet."""
        self.stops = stops
        self._draw([])
        element("stops").setAttribute(
            "d", "".join(f"M{x:.0f} {y:.0f}h0" for x, y in stops)
        )
        self._at("home", stops[0])
        self._at("bike", stops[0])

    def show(self, round: Round) -> None:
        """Show a round."""
        self._draw([self.stops[i] for i in round["order"]])

    @contextmanager
    def riding(self) -> Iterator[None]:
        """Let the bike ride, frame by frame, and keep the longest gap between two frames, in milliseconds."""
        self.longest_gap = 0.0
        self._began = self._last = js.performance.now()
        with proxies() as keep:
            self._frames = keep(self._ride)
            self._frame = js.requestAnimationFrame(self._frames)
            try:
                yield
            finally:
                js.cancelAnimationFrame(self._frame)
                self._measure()

    def _ride(self, _: float) -> None:
        self._measure()
        if self.round:
            self._at("bike", along(self.round, (self._last - self._began) * SPEED))
        self._frame = js.requestAnimationFrame(self._frames)

    def _measure(self) -> None:
        now = js.performance.now()
        self.longest_gap = max(self.longest_gap, now - self._last)
        self._last = now

    def _draw(self, corners: list[Stop]) -> None:
        self.round = corners
        element("round").setAttribute(
            "points", " ".join(f"{x:.0f},{y:.0f}" for x, y in corners)
        )

    def _at(self, id: str, place: Stop) -> None:
        element(id).setAttribute(
            "transform", f"translate({place[0]:.1f} {place[1]:.1f})"
        )


def along(corners: Sequence[Stop], way: float) -> Stop:
    """Say where one is who has ridden WAY along a round, over and over."""
    legs = [(corners[i - 1], corners[i]) for i in range(1, len(corners))] + [
        (corners[-1], corners[0])
    ]
    way %= sum(math.dist(*leg) for leg in legs)
    for (x, y), (to_x, to_y) in legs:
        leg = math.dist((x, y), (to_x, to_y))
        if way < leg:
            return x + (to_x - x) * way / leg, y + (to_y - y) * way / leg
        way -= leg
    return corners[0]


class Row:
    """A row of the table: what one way of planning costs."""

    def __init__(self, name: str) -> None:
        """Write into the cells of NAME."""
        self._name = name

    def fill(self, units: float, took: float, gap: float) -> None:
        """Show the length of a round in units of the map, and two times in milliseconds."""
        element(f"{self._name}-length").value = f"{units * METRES / 1000:.1f}"
        element(f"{self._name}-took").value = f"{took:.0f}"
        element(f"{self._name}-gap").value = f"{gap:.0f}"
