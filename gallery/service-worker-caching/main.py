"""Shows how long the path takes, whenever its form changes. Of release 1."""

from __future__ import annotations

from typing import Any

import js
import walking
from pyodide.ffi.wrappers import add_event_listener


def value(field: str) -> float:
    """Read a number of the form."""
    return float(js.document.getElementById(field).value or 0)


def show(event: Any = None) -> None:
    """Show the time in hours and minutes."""
    minutes = round(60 * walking.hours(value("distance"), value("ascent")))
    time = js.document.getElementById("time")
    time.value = f"{minutes // 60} h {minutes % 60:02} min"


release = js.document.getElementById("release")
release.textContent = f"Release {walking.RELEASE}, by {walking.METHOD}"
add_event_listener(js.document.getElementById("path"), "input", show)
show()
