"""The page: a harbour's floor that JavaScript has sounded and draws, and Python dredges."""

from __future__ import annotations

import asyncio
from array import array
from typing import Any

import js
import ways
from bridge.arrays import SharedArray, isolated
from bridge.core import listen
from bridge.worker import Worker
from chart import HEIGHT, WIDTH, draw, sounded
from memory import seen_by_js

DREDGED = -8.0
"""How high the floor of the channel is when it was dredged, in metres."""
CHANNEL = range(HEIGHT * 13 // 32, HEIGHT * 17 // 32)
"""The rows of the channel."""
DRAUGHT = 2.5
"""How deep the water has to be, in metres."""

worker = Worker("worker.mjs", name="shoals")


def element(id: str) -> Any:
    """Find an element of the page."""
    return js.document.getElementById(id)


class Harbour:
    """The floor of a harbour, in metres above chart datum, as Python has it."""

    def __init__(self) -> None:
        """Take what JavaScript has sounded: a copy, into an array of our own."""
        self.floor = array("f", bytes(4 * WIDTH * HEIGHT))
        sounded.assign_to(self.floor)
        self._shared = SharedArray.zeros("f", WIDTH * HEIGHT) if isolated() else None
        self._counting: asyncio.Task[None] | None = None

    def show(self, _: Any = None) -> None:
        """Have JavaScript draw the floor where it stands, and the worker look for shoals."""
        level = float(element("level").value or 0)
        with seen_by_js(self.floor) as seen:
            draw(seen, level)
        if self._counting:
            self._counting.cancel()
        element("shoals").value = "…"
        self._counting = asyncio.create_task(self._count(level - DRAUGHT))

    def dredge(self, _: Any) -> None:
        """Dredge the channel. What JavaScript has sounded does not change: it is another memory."""
        for row in CHANNEL:
            for at in range(row * WIDTH, (row + 1) * WIDTH):
                self.floor[at] = min(self.floor[at], DREDGED)
        self.show()

    async def _count(self, highest: float) -> None:
        floor: array[float] | SharedArray = self.floor
        if self._shared:
            self._shared.copy_from_python(self.floor)
            floor = self._shared
        count = await worker.call("shoals", floor, highest)
        element("shoals").value = f"{count / WIDTH / HEIGHT:.1%}"


async def measure(_: Any) -> None:
    """Measure all ways, with one megabyte and with sixteen."""
    element("measure").disabled = True
    element("status").value = "Measuring…"
    element("each").value = f"{ways.one_by_one():.2f}"
    for megabytes in (1, 16):
        async for way, copies, took in ways.measure(megabytes, worker, isolated()):
            element(f"{way}-kind").value = "a copy" if copies else "no copy"
            element(f"{way}-{megabytes}").value = f"{took:.2f}"
    element("measure").disabled = False
    element("status").value = "Measured"


async def main() -> None:
    """Get ready."""
    harbour = Harbour()

    def grow(_: Any) -> None:
        before, after = ways.grow(harbour.floor)
        element("grown").value = f"{before} numbers before, {after} after"

    listen(element("level"), "input", harbour.show)
    listen(element("dredge"), "click", harbour.dredge)
    listen(element("measure"), "click", measure)
    listen(element("grow"), "click", grow)
    harbour.show()
    element("status").value = "Starting the worker…"
    await worker.ready()
    for button in js.document.querySelectorAll("button"):
        button.disabled = False
    element("status").value = "Ready"
