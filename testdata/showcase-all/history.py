"""The station's history: what it recorded in other years, and how the heights of those years are put right."""

import importlib

from pyodide import to_js

SURVEYS = {"datum_1998": "OFFSET = -0.12", "datum_2011": "OFFSET = -0.04"}


def offsets():
    """Import each survey and give its offset."""
    found = []
    for name, code in SURVEYS.items():
        with open(f"{name}.py", "w") as file:
            file.write(code)
        found.append(importlib.import_module(name).OFFSET)
    return found


def corrected(heights):
    """Give heights in metres above today's datum, for JavaScript."""
    offset = sum(offsets())
    return to_js([height + offset for height in heights])
