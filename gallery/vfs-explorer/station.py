"""A tide station: it measures, writes files, and knows nothing of who looks at them."""

from __future__ import annotations

import math
from array import array
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import js
from pyodide.ffi.wrappers import add_event_listener

DATA = Path("/data")
LEVELS = DATA / "levels.csv"
REPORTS = DATA / "reports"
ARCHIVE = DATA / "archive"
BEGIN = date(2026, 1, 1)

measured: list[float] = []


def level(hour: int) -> float:
    """Give the height of the water at an hour, in metres."""
    return 2 + 1.6 * math.sin(hour * math.tau / 12.42)


def measure(_: Any = None) -> None:
    """Append a measurement to the table, and write the curve of all, as 32-bit floats."""
    hour = len(measured)
    measured.append(level(hour))
    with LEVELS.open("a") as file:
        file.write(f"{hour}:00,{measured[-1]:.2f}\n")
    (DATA / "curve.f32").write_bytes(array("f", measured).tobytes())
    written()


def report(_: Any) -> None:
    """Write a report, whose text and name are full of what means something in HTML."""
    REPORTS.mkdir(exist_ok=True)
    name = f"high & low <b>{len(measured)}<b>.html"
    rows = "".join(f"<li>{height:.2f} m" for height in measured)
    (REPORTS / name).write_text(f"<!doctype html><title>Tides</title><ul>{rows}</ul>")
    written()


def archive(_: Any) -> None:
    """Write a file for each day of a year."""
    ARCHIVE.mkdir(exist_ok=True)
    for day in range(365):
        heights = (f"{level(day * 24 + hour):.2f}" for hour in range(24))
        name = f"{BEGIN + timedelta(day)}.csv"
        (ARCHIVE / name).write_text("\n".join(heights))
    written()


def written() -> None:
    """Note the time, for whoever measures how soon it is seen."""
    js.performance.mark("written")


LEVELS.write_text("hour,metres\n")
for _ in range(6):
    measure()
for name, action in (("measure", measure), ("report", report), ("archive", archive)):
    button = js.document.getElementById(name)
    add_event_listener(button, "click", action)
    button.disabled = False
