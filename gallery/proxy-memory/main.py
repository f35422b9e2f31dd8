"""The page: one day of the diary at a time on the map, and what is left in memory of those before."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from typing import Any

import flights
import js
from bridge import alive, listen
from js import document
from markers import WAYS, Bound, Markers
from pyodide.ffi import to_js
from sightings import A_DAY, Sighting, in_memory, seen_on
from sightings import days_with as _days_with

DAYS = 10
"""How many days a walk through the diary has."""

day = 0
markers: Markers | None = None


def element(id: str) -> Any:
    """Find an element of the page."""
    return document.getElementById(id)


def say(text: str) -> None:
    """Show what goes on."""
    element("status").value = text


def way() -> str:
    """Name the way in which markers end that is chosen."""
    return str(document.querySelector("input[name=way]:checked").value)


def turn_page() -> None:
    """Show the next day in place of the one that is shown."""
    global day, markers
    if markers is not None:
        markers.end()
    flights.clear()
    element("place").value = ""
    day += 1
    markers = WAYS[way()](seen_on(day), pick)


async def pick(sighting: Sighting, _: Any) -> None:
    """Say what was seen, and show how it flew on, until it is over or Escape is pressed."""
    say(f"{sighting.species}, {sighting.birds} birds")
    stop = js.AbortController.new()

    def on_key(event: Any) -> None:
        if event.key == "Escape":
            stop.abort()

    def moved(x: float, y: float) -> None:
        element("place").value = f"{x:.0f} east, {y:.0f} south"

    # An argument that is data becomes JavaScript's own, of which nothing is left to end. A function is lent for the
    # call, and since this one gives a promise, until that is settled. The listener ends with its block.
    with listen(document, "keydown", on_key):
        flown = await flights.fly(to_js(sighting.flight), moved, stop.signal)
    say(
        f"{sighting.species}, {sighting.birds} birds: {flown} of their positions were shown"
    )


def on_next(_: Any) -> None:
    """Show the next day, and say so when it has faded in."""
    turn_page()
    count()
    fade = to_js([{"opacity": 0}, {"opacity": 1}], dict_converter=js.Object.fromEntries)
    faded = element("map").animate(fade, 200).finished
    # Pyodide makes proxies for `then`, and ends them when one of them is called. A create_proxy here would be a leak.
    faded.then(lambda _: say(f"Day {day}"))


async def on_walk(_: Any) -> None:
    """Turn ten pages, and write down what that has left in memory."""
    chosen = way()
    turn_page()
    await asyncio.sleep(0)
    before = memory()
    for _ in range(DAYS):
        await asyncio.sleep(0)  # lets the page draw, and do whatever else it has to
        turn_page()
    await asyncio.sleep(0)
    kept = max(0, memory() - before) / DAYS
    count()
    cells = element(chosen).cells
    cells.item(1).textContent = str(len(in_memory) - A_DAY)
    cells.item(2).textContent = f"{kept / 1024:.1f}"
    say(f"{DAYS} days on, it is day {day}")


def on_end(_: Any) -> None:
    """End the markers that were forgotten, which only a list of them makes possible, and forget none from now on."""
    Bound.end_all()
    element("group").querySelector("input").checked = True
    turn_page()
    count()
    say("The circles are broken")


def memory() -> int:
    """Give what Python has taken since the page was ready, in bytes, once all is freed that Python can free."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def count() -> None:
    """Show who holds proxies by `bridge`, line by line, and how many sightings are in memory."""
    element("in-memory").value = str(len(in_memory))
    rows = element("lines")
    rows.textContent = ""
    for place, proxies in alive().most_common():
        row = rows.insertRow()
        row.insertCell().textContent = place.rpartition("/")[2]
        row.insertCell().textContent = str(proxies)


def days_with(species: str) -> list[tuple[int, int]]:
    """Answer main.mjs, which asks this of Python."""
    return _days_with(species, day)


listen(element("next"), "click", on_next)
listen(element("walk"), "click", on_walk)
listen(element("end"), "click", on_end)
tracemalloc.start()
turn_page()
count()
