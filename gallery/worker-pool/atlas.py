"""What the page shows: the map, the survey below it, and the table of what was measured."""

from __future__ import annotations

from typing import Any

import js
from js import document

WIDTH, HEIGHT, TILE = 400, 200, 50
STRIP = 40
"""How much of the survey one task does, in pixels."""


def element(id: str) -> Any:
    """Find an element of the page."""
    return document.getElementById(id)


def number(id: str) -> int:
    """Read a field."""
    return int(element(id).value)


def say(text: str, progress: float = 0) -> None:
    """Show what goes on, and how far it is, from 0 to 1."""
    element("status").value = text
    element("progress").value = progress


class Atlas:
    """A map that is drawn tile by tile, and a survey that grows from west to east."""

    def __init__(self) -> None:
        """Start with the sea."""
        self._canvas = element("map").getContext("2d")
        self._heights: list[float] = []

    def clear(self) -> None:
        """Show nothing."""
        self._canvas.clearRect(0, 0, WIDTH, HEIGHT)
        self._heights = []
        element("section").setAttribute("points", "")

    def put(self, left: int, top: int, pixels: Any) -> None:
        """Show a tile: its pixels came from a worker, and go to the canvas as they are."""
        picture = js.ImageData.new(js.Uint8ClampedArray.new(pixels.buffer), TILE, TILE)
        self._canvas.putImageData(picture, left, top)

    def extend(self, heights: list[float]) -> None:
        """Show more of the survey, at its eastern end."""
        self._heights += heights
        points = (
            f"{x},{60 - 48 * height:.1f}" for x, height in enumerate(self._heights)
        )
        element("section").setAttribute("points", " ".join(points))


def record(workers: int, tiles: int, milliseconds: float) -> None:
    """Write a row of the table, in place of the one for as many workers."""
    row = document.getElementById(f"rates-{workers}") or element("rates").insertRow()
    row.id = f"rates-{workers}"
    row.textContent = ""
    for text in (
        f"{workers}",
        f"{milliseconds / 1000:.1f} s",
        f"{tiles / milliseconds * 1000:.1f}",
    ):
        row.insertCell().textContent = text
