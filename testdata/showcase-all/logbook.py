"""Notes of those who read the gauge: kept in the browser, shown beside the chart."""

import json
import sys
from pathlib import Path
from urllib.parse import unquote

import js
from js import document, location
from pyodide_js import FS

FOLDER = Path("/notes")
FORMULAS = {"feet": "level * 3.281", "fathoms": "level * 0.547"}


def mount():
    """Have the browser keep the folder of the notes."""
    FS.mkdirTree("/notes")
    FS.mount(FS.filesystems.IDBFS, js.Object.new(), "/notes")


def keep(day, text):
    """Write the note of a day."""
    (Path("/notes") / f"{day}.json").write_text(json.dumps({"text": text}))


def kept():
    """Give all notes, the oldest first."""
    files = sorted(FOLDER.glob("*.json"))
    return [json.loads(file.read_text())["text"] for file in files]


def show(notes):
    """Show the notes under the name of the place that the page was opened for."""
    place = unquote(location.hash.removeprefix("#"))
    heading = document.createElement("h2")
    heading.insertAdjacentHTML("beforeend", f"Notes from <b>{place}</b>")
    document.body.append(heading)
    for note in notes:
        line = document.createElement("p")
        line.textContent = note
        document.body.append(line)


def convert(level, unit):
    """Give a level in the unit of a reader, by a formula that has no need of the page."""
    hidden = sys.modules["js"]
    sys.modules["js"] = None
    try:
        return eval(FORMULAS[unit], {"level": level})
    finally:
        sys.modules["js"] = hidden
