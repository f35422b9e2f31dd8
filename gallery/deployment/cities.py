"""How far it is from one city to another, as the crow flies. Runs on the page."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from js import document
from pyodide.ffi.wrappers import add_event_listener

EARTH = 6371.0
"""The mean radius of the Earth, in km."""

cities = {city["name"]: city for city in json.loads(Path("cities-1.json").read_text())}


def distance(here: str, there: str) -> float:
    """Work out how far a city is from another, in km."""
    a, b = cities[here], cities[there]
    north, south = math.radians(a["latitude"]), math.radians(b["latitude"])
    across = math.radians(b["longitude"] - a["longitude"])
    half = (
        math.sin((south - north) / 2) ** 2
        + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    )
    return 2 * EARTH * math.asin(math.sqrt(half))


def show(_: Any = None) -> None:
    """Show the distance between the cities that are chosen."""
    here, there = (document.getElementById(id).value for id in ("here", "there"))
    document.getElementById("distance").value = f"{distance(here, there):,.0f} km"


for id, chosen in (("here", "Lisbon"), ("there", "Nairobi")):
    select = document.getElementById(id)
    for name in cities:
        option = document.createElement("option")
        option.textContent = name
        select.append(option)
    select.value = chosen
    add_event_listener(select, "change", show)
show()
