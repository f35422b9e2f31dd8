"""When there is water enough over the sill: the same code on Pyodide 0.26 to 314."""

from __future__ import annotations

import json
from email.message import Message
from typing import Any

import js
from bridge import listen
from js import document, localStorage
from pyodide.ffi import to_js
from sill import windows

MARGIN = 0.3  # metres of water to be left under the keel

FORMAT = to_js(
    {"style": "unit", "unit": "meter", "minimumFractionDigits": 1},
    dict_converter=js.Object.fromEntries,
)
metres = js.Intl.NumberFormat.new("en", FORMAT)

field = document.getElementById("draught")
day: dict[str, Any] = {}


def saved() -> float:
    """Give the draught that was typed last time, in metres."""
    text = localStorage.getItem("draught")
    return float(text) if text else 1.2


async def tides() -> dict[str, Any]:
    """Fetch the tides of today. It fails if the host has a page in their place."""
    response = await js.fetch("tides.json")
    header = Message()
    header["content-type"] = response.headers.get("content-type") or ""
    if header.get_content_type() != "application/json":
        raise ValueError(f"these are no tides, but {header.get_content_type()}")
    tides: dict[str, Any] = json.loads(
        await response.text()
    )  # Python's own null, and not JavaScript's
    return tides


def needed() -> float:
    """Say how high the tide must be, in metres."""
    return float(day["sill"]) + float(field.value or 0) + MARGIN


def show(_: Any = None) -> None:
    """Show the hours of today, and remember the draught."""
    hours = [
        f"{first}:00 to {last}:00" for first, last in windows(day["heights"], needed())
    ]
    document.getElementById(
        "today"
    ).value = f"{metres.format(needed())} are needed: {', '.join(hours) or 'never'}"
    advice = document.getElementById("advice")  # the page of the harbour office has one
    if advice:
        advice.hidden = bool(hours)
    localStorage.setItem("draught", field.value)


async def start() -> None:
    """Show the page, and follow its form."""
    day.update(await tides())
    field.value = saved()
    listen(field, "input", show)
    show()
