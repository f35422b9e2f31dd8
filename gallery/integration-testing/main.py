"""The page: a form for files and texts, and the table of their fingerprints."""

from __future__ import annotations

from typing import Any

import js
from bridge import listen
from pyodide.ffi import to_js
from shelf import Shelf


def _element(name: str) -> Any:
    return js.document.getElementById(name)


def _say() -> None:
    matches = sum(row.print == shelf.expected != "" for row in shelf.rows)
    _element("matches").value = (
        f"{matches} of {len(shelf.rows)} have this fingerprint"
        if shelf.expected
        else ""
    )
    _element("status").value = "Ready"


async def add_files(event: Any) -> None:
    """Add the files that were chosen."""
    for file in event.target.files:
        _element("status").value = f"Reading {file.name}…"
        await shelf.add(file)
    _say()


async def add_text(event: Any) -> None:
    """Add what was typed, as a file."""
    text = _element("text").value
    await shelf.add(js.File.new(to_js([text]), f"“{text[:20]}”"))
    _say()


def expect(event: Any) -> None:
    """Look for a fingerprint."""
    shelf.expect(event.target.value)
    _say()


def clear(event: Any) -> None:
    """Begin anew."""
    shelf.clear()
    _say()


shelf = Shelf(_element("files"))
listen(_element("choose"), "change", add_files)
listen(_element("typed"), "submit", add_text)
listen(_element("expected"), "input", expect)
listen(_element("clear"), "click", clear)
for control in js.document.querySelectorAll("input, button"):
    control.disabled = False
_element("status").value = "Ready"
