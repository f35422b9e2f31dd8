"""What code for Pyodide 0.27 counts on, asked of the Pyodide that runs here."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import js
from js import document
from pyodide.code import run_js
from pyodide.ffi import to_js


def null_is_none() -> bool:
    """Say whether what is not in the page is None."""
    # pyodide-ls: ignore[null-is-none] the old way, to see what it gives here
    return document.getElementById("nowhere") is None


def null_in_json_is_none() -> bool:
    """Say whether the null in parsed JSON is None, wherever it stands."""
    return js.JSON.parse('{"heights": [null]}').to_py()["heights"][0] is None


def dict_becomes_map() -> bool:
    """Say whether what to_js makes of a dict has the methods of a Map."""
    return hasattr(to_js({"sill": 2}), "get")


def map_has_entries() -> bool:
    """Say whether what to_js makes of a dict is entries for Object.fromEntries."""
    try:
        # pyodide-ls: ignore[dict-converter] the old way, to see what it gives here
        return bool(js.Object.fromEntries(to_js({"sill": 2})).sill == 2)
    except (
        Exception
    ):  # a TypeError of JavaScript, which has no class of its own on all versions
        return False


def result_becomes_map() -> bool:
    """Say whether what JavaScript's toJs() makes of a dict is a Map."""
    return bool(run_js("(result) => result.toJs() instanceof Map")({"sill": 2}))


def bigint_is_int() -> bool:
    """Say whether a BigInt is an int, and goes back as a number."""
    return bool(run_js("(number) => typeof number === 'number'")(js.BigInt("5")))


def cgi_is_there() -> bool:
    """Say whether the module cgi can be imported."""
    return find_spec("cgi") is not None


def sqlite_is_apart() -> bool:
    """Say whether the module sqlite3 comes with a package that has to be loaded."""
    return find_spec("_sqlite3") is None


#: What code for 0.27 counts on, in words, with the question, and what is right on all versions.
CHANGES: dict[str, tuple[str, Callable[[], bool], str]] = {
    "null": (
        "null is None",
        null_is_none,
        "if element: … asks whether there is one",
    ),
    "json": (
        "null in JSON is None",
        null_in_json_is_none,
        "json.loads(await response.text())",
    ),
    "map": (
        "to_js makes a Map of a dict",
        dict_becomes_map,
        "dict_converter, and attributes",
    ),
    "entries": (
        "that Map becomes options by fromEntries",
        map_has_entries,
        "dict_converter makes them at once",
    ),
    "result": (
        "toJs() makes a Map of a dict",
        result_becomes_map,
        "dict_converter there as well",
    ),
    "bigint": ("a BigInt is an int", bigint_is_int, "int(number)"),
    "cgi": ("there is a module cgi", cgi_is_there, "email.message"),
    "sqlite": (
        "sqlite3 is a package to be loaded",
        sqlite_is_apart,
        "load it if find_spec finds nothing",
    ),
}


def show() -> None:
    """Show a row for each of them."""
    for name, (what, holds, instead) in CHANGES.items():
        answer = holds()
        row: Any = document.createElement("tr")
        row.id = name
        for text in (what, "yes" if answer else "no", instead):
            cell = document.createElement("td")
            cell.textContent = text
            row.append(cell)
        document.getElementById("changes").append(row)
