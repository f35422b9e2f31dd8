"""The page: brews one cup at a time, and shows which callbacks are held."""

from __future__ import annotations

import asyncio
import math
from typing import Any

from alive import alive, counted
from brew import Brew
from js import document
from pyodide.ffi.wrappers import add_event_listener

KINDS = ("ring", "tick", "listen", "page")

cup: Brew | None = None


def element(id: str) -> Any:
    """Find an element of the page."""
    return document.getElementById(id)


def say(text: str) -> None:
    """Show what goes on, and behind it, when the callback that runs has come to its end, what is held."""
    element("status").value = text
    asyncio.get_running_loop().call_soon(show)


def show() -> None:
    """Show how many callbacks of each kind are held."""
    for kind in KINDS:
        element(f"alive-{kind}").value = str(alive(kind))


def on_brew(event: Any) -> None:
    """Begin a cup."""
    global cup
    event.preventDefault()
    if cup is not None:
        return
    seconds = float(element("seconds").value)
    element("left").max = seconds
    cup = Brew(seconds, tick, over)
    tick(seconds)
    element("stop").disabled = False
    say(f"{element('tea').value} is brewing")


def on_stop(_: Any) -> None:
    """Pour the cup away."""
    if cup is not None:
        cup.stop()


def tick(left: float) -> None:
    """Show how many seconds are left."""
    element("left").value = element("left").max - left
    minutes, seconds = divmod(math.ceil(left), 60)
    element("clock").value = f"{minutes}:{seconds:02}"


def over(ready: bool) -> None:
    """Be ready for another cup."""
    global cup
    cup = None
    tick(0)
    element("stop").disabled = True
    say(f"{element('tea').value} is {'ready' if ready else 'poured away'}")


# As long as the page: the wrapper keeps the proxies, and `remove_event_listener` would end them.
add_event_listener(element("form"), "submit", counted("page", on_brew))
add_event_listener(element("stop"), "click", counted("page", on_stop))
say("Ready")
