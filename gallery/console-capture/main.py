"""The page of the expenses: what is typed, the rates from the server, and the sum."""

from __future__ import annotations

import json
import logging
from decimal import Decimal
from typing import Any

import expenses
import js
from pyodide.ffi.wrappers import add_event_listener
from pyodide.http import pyfetch


def _element(name: str) -> Any:
    return js.document.getElementById(name)


async def _rates() -> dict[str, Decimal]:
    """Ask for what one euro buys. Raises OSError where there is no answer."""
    response = await pyfetch("rates.json")
    response.raise_for_status()
    return {
        name: Decimal(rate) for name, rate in json.loads(await response.text()).items()
    }


async def add_up(event: Any) -> None:
    """Show the sum, or why there is none."""
    _element("total").value = "–"
    _element("problem").textContent = ""
    paid = expenses.read(_element("lines").value)
    print(f"{len(paid)} expenses read")
    currency = _element("currency").value
    try:
        total = expenses.total(paid, await _rates(), currency)
    except OSError:
        _element(
            "problem"
        ).textContent = "The rates cannot be had now. Try again later."
    except KeyError as error:
        _element("problem").textContent = f"There is no rate for {error.args[0]}."
    else:
        print(f"the sum is {total} {currency}")
        _element("total").value = f"{total} {currency}"


logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
add_event_listener(_element("expenses"), "submit", add_up)
_element("add").disabled = False
_element("status").value = "Ready"
