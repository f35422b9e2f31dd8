"""What the page tells its other windows, and remembers from one visit to the next."""

import time

import js
from js import document
from pyodide.ffi import create_proxy

channel = js.BroadcastChannel.new("tide")


def station():
    """Name the station that was chosen last."""
    name = js.localStorage.getItem("station")
    if name is None:
        name = "Hel"
    return name


def announce(level):
    """Tell the other windows what was measured."""
    channel.postMessage({"station": station(), "level": level})


def clock():
    """Write the time of day as the reader does."""
    return js.Date.new(time.time_ns()).toLocaleTimeString()


async def forecast():
    """Ask for the next high water."""
    response = await js.fetch("forecast.json")
    tides = await response.json()
    return tides["high"]


def keep_focus(event):
    """Go back to the field for the name, unless it has the focus."""
    if document.activeElement is not field:
        field.focus()


field = document.createElement("input")
document.body.appendChild(field)
focus_proxy = create_proxy(keep_focus)
document.addEventListener("focusout", focus_proxy)
