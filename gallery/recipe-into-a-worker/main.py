"""The page: what each button does, from its first line to its last."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from datetime import datetime
from typing import Any

import before
import js
from blocks import Blocks
from bridge.core import listen
from bridge.worker import Worker
from pyodide.http import pyfetch
from view import BEGINNING, Table, element, fill, say

worker = Worker("worker.mjs", name="tides")
harbours: dict[str, Any] = {}
predicting: asyncio.Task[None] | None = None


async def predict(harbour: str, begin: int, days: int) -> None:
    """Have the worker predict, and show each week as it comes."""
    tide = harbours[harbour]
    table = Table(begin, days, *limits(tide))
    async with aclosing(
        worker.stream("high_waters", tide["mean"], tide["parts"], begin, days)
    ) as weeks:
        async for waters in weeks:
            table.add(waters)


async def predict_as_before(harbour: str, begin: int, days: int) -> None:
    """Predict here, and show it when all is there."""
    tide = harbours[harbour]
    table = Table(begin, days, *limits(tide))
    for waters in await before.predict(tide["mean"], tide["parts"], begin, days):
        table.add(waters)


def limits(tide: Any) -> tuple[float, float]:
    """Say between what heights the high waters of a harbour are, in metres."""
    return tide["mean"], tide["mean"] + sum(metres for metres, _ in tide["parts"])


async def run(way: Callable[[str, int, int], Awaitable[None]], row: str) -> None:
    """Predict what the form asks for in one of two ways, and show what that costs."""
    element("worker").disabled = element("here").disabled = True
    element("stop").disabled = False
    say("Predicting…")
    try:
        async with Blocks() as blocks:
            began = js.performance.now()
            await way(*asked())
            took = js.performance.now() - began
        fill(row, took, blocks.longest)
        say("Predicted")
    except asyncio.CancelledError:
        say("Stopped")
        raise
    except ValueError as error:
        say(f"It did not work: {error}")
    finally:
        element("worker").disabled = element("here").disabled = False
        element("stop").disabled = True


def asked() -> tuple[str, int, int]:
    """Read the form: a harbour, the hour to begin with, and days. Raises ValueError for what is none of that."""
    first = datetime.strptime(element("first").value, "%Y-%m-%d")
    begin = (first - BEGINNING).days * 24
    return element("harbour").value, begin, int(element("days").value)


def start(way: Callable[[str, int, int], Awaitable[None]], row: str) -> None:
    """Run one prediction at a time."""
    global predicting
    predicting = asyncio.create_task(run(way, row))


def on_submit(event: Any) -> None:
    """Predict in the worker, at a click or at Enter."""
    event.preventDefault()
    start(predict, "worker")


def on_stop(_: Any) -> None:
    """Stop waiting: the work stops with it."""
    if predicting:
        predicting.cancel()


async def main() -> None:
    """Get ready."""
    response = await pyfetch("harbours.json")
    response.raise_for_status()
    harbours.update(await response.json())
    for name in harbours:
        option = js.document.createElement("option")
        option.textContent = name
        element("harbour").append(option)
    listen(element("form"), "submit", on_submit)
    listen(element("here"), "click", lambda _: start(predict_as_before, "here"))
    listen(element("stop"), "click", on_stop)
    say("Starting the worker…")
    await worker.ready()
    element("worker").disabled = element("here").disabled = False
    say("Ready")
