"""The way into Python and out of it, for calls that come from another thread."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import to_js


def call(function: Callable[..., object], arguments: Any) -> Any:
    """Call a function with copies of ARGUMENTS, and return an object that can be posted: its value or its error.

    Buffers come in as a memoryview, and functions of JavaScript as they are. An exception ends here: one that reached
    JavaScript would stay in sys.last_exc, and with it whatever the function had in its hands. A value that JavaScript
    has no like of is an error too.
    """
    try:
        return _leave({"value": function(*arguments.to_py())})
    except Exception as error:
        told = {
            "name": type(error).__name__,
            "message": str(error),
            "stack": traceback.format_exc(),
        }
        return _leave({"error": told})


def make(kind: Callable[..., object], arguments: Any) -> object:
    """Make an object of copies of ARGUMENTS. JavaScript gets a proxy of it, which it has to destroy."""
    return kind(*arguments.to_py())


def _leave(outcome: dict[str, object]) -> Any:
    return to_js(outcome, dict_converter=js.Object.fromEntries, create_pyproxies=False)
