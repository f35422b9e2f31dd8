"""The page of the board: its fields, its table and where the timetable comes from."""

from __future__ import annotations

from typing import Any

import js
from departures import Departure, Unavailable, load, minute_of, upcoming
from pyodide.ffi.wrappers import add_event_listener
from pyodide.http import pyfetch


def _element(name: str) -> Any:
    return js.document.getElementById(name)


async def _fetch() -> str:
    response = await pyfetch("timetable.json")
    response.raise_for_status()
    return str(await response.text())


class Board:
    """The departures that are known, and the part of them that is shown."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.departures: list[Departure] = []

    async def refresh(self, event: Any = None) -> None:
        """Bring the timetable. Where it cannot be had, the one before stays."""
        _element("status").value = "Asking for the timetable…"
        try:
            self.departures, attempts = await load(_fetch)
        except Unavailable as error:
            _element("status").value = f"Not refreshed: {error}"
            return
        _element("source").value = f"The timetable came at attempt {attempts}."
        self.offer()
        self.show()
        _element("status").value = "Ready"

    def offer(self) -> None:
        """Offer the stops of the timetable."""
        options = []
        for stop in sorted({departure.stop for departure in self.departures}):
            option = js.document.createElement("option")
            option.value = stop
            options.append(option)
        _element("stops").replaceChildren(*options)

    def show(self, event: Any = None) -> None:
        """Show what leaves next, unless somebody is still typing."""
        if not _element("question").checkValidity():
            return
        rows = []
        for departure, wait in upcoming(
            self.departures, _element("stop").value, minute_of(_element("clock").value)
        ):
            row = js.document.createElement("tr")
            for text in (
                departure.line,
                departure.towards,
                departure.clock,
                f"{wait} min",
            ):
                row.insertCell().textContent = text
            rows.append(row)
        _element("departures").replaceChildren(*rows)


async def start() -> None:
    """Show the first timetable and let the user at it."""
    board = Board()
    add_event_listener(_element("question"), "input", board.show)
    add_event_listener(_element("refresh"), "click", board.refresh)
    await board.refresh()
    for control in js.document.querySelectorAll("input, button"):
        control.disabled = False
