"""When there is water enough over the sill, as it was written for Pyodide 0.27."""

from __future__ import annotations

from cgi import parse_header
from typing import Any

import js
from js import document, localStorage
from pyodide.ffi import to_js
from pyodide.ffi.wrappers import add_event_listener
from sill import windows

MARGIN = 0.3  # metres of water to be left under the keel

FORMAT = to_js({"style": "unit", "unit": "meter", "minimumFractionDigits": 1})
metres = js.Intl.NumberFormat.new("en", js.Object.fromEntries(FORMAT))

field = document.getElementById("draught")
day: dict[str, Any] = {}


def saved() -> float:
    """Give the draught that was typed last time, in metres."""
    text = localStorage.getItem("draught")
    return 1.2 if text is None else float(text)


async def tides() -> dict[str, Any]:
    """Fetch the tides of today. It fails if the host has a page in their place."""
    response = await js.fetch("../tides.json")
    kind, _ = parse_header(response.headers.get("content-type"))
    if kind != "application/json":
        raise ValueError(f"these are no tides, but {kind}")
    tides: dict[str, Any] = (await response.json()).to_py()
    return tides


def needed() -> float:
    """Say how high the tide must be, in metres."""
    return float(day["sill"]) + float(field.value) + MARGIN


def show(_: Any = None) -> None:
    """Show the hours of today, and remember the draught."""
    hours = [
        f"{first}:00 to {last}:00" for first, last in windows(day["heights"], needed())
    ]
    document.getElementById(
        "today"
    ).value = f"{metres.format(needed())} are needed: {', '.join(hours)}"
    advice = document.getElementById("advice")  # the page of the harbour office has one
    if advice is not None:
        advice.hidden = bool(hours)
    localStorage.setItem("draught", field.value)


async def start() -> None:
    """Show the page, and follow its form."""
    day.update(await tides())
    field.value = saved()
    add_event_listener(field, "input", show)
    show()
