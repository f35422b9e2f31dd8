"""The page: what each button does, from its first line to its last."""

from __future__ import annotations

import asyncio
import random
from contextlib import aclosing
from typing import Any

import js
import rounds
from bridge.core import listen
from bridge.worker import Worker
from view import Map, Row, element, say

TRIES = 60_000

worker = Worker("worker.mjs", name="rounds")
town = Map()
planning: asyncio.Task[None] | None = None


async def plan_in_worker() -> None:
    """Have the worker plan, and show each round as it comes: the page lives on meanwhile."""
    say("Planning in the worker…")
    began = js.performance.now()
    try:
        with town.riding():
            async with aclosing(
                worker.stream("improve", town.stops, TRIES)
            ) as improved:
                async for round in improved:
                    town.show(round)
                    say("Planning in the worker…", round["progress"])
    except ValueError as error:
        say(f"The worker says: {error}")
    else:
        Row("worker").fill(
            round["length"], js.performance.now() - began, town.longest_gap
        )
        say("Planned in the worker", 1)


async def plan_here() -> None:
    """Do the same work on the page's own thread: not a frame is drawn until it is done."""
    say("Planning on this thread…")
    began = js.performance.now()
    try:
        with town.riding():
            await asyncio.sleep(0.1)  # for the last sign of life
            *_, round = rounds.improve(town.stops, TRIES)
    except ValueError as error:
        say(f"Python says: {error}")
    else:
        town.show(round)
        Row("here").fill(
            round["length"], js.performance.now() - began, town.longest_gap
        )
        say("Planned on this thread", 1)


def start(plan: Any) -> None:
    """Run one plan at a time."""
    global planning
    element("worker").disabled = element("here").disabled = True
    element("stop").disabled = False
    say("Planning…")
    planning = asyncio.ensure_future(plan())
    planning.add_done_callback(ended)


def ended(plan: asyncio.Task[None]) -> None:
    """Say so if a plan was stopped: one that had not begun yet cannot say it."""
    if plan.cancelled():
        say("Stopped, and so is the worker")
    rest()


def rest() -> None:
    """Let the next plan begin."""
    element("worker").disabled = element("here").disabled = False
    element("stop").disabled = True


def on_submit(event: Any) -> None:
    """Plan in the worker, at a click or at Enter."""
    event.preventDefault()
    start(plan_in_worker)


def on_stop(_: Any) -> None:
    """Stop waiting: the work stops with it."""
    if planning:
        planning.cancel()


def on_count(_: Any) -> None:
    """Go to another town."""
    chance = random.Random(element("count").value)
    town.put(
        [
            (chance.uniform(30, 970), chance.uniform(30, 370))
            for _ in range(int(element("count").value))
        ]
    )


async def main() -> None:
    """Get ready."""
    on_count(None)
    listen(element("count"), "change", on_count)
    listen(element("form"), "submit", on_submit)
    listen(element("here"), "click", lambda _: start(plan_here))
    listen(element("stop"), "click", on_stop)
    say("Starting the worker…")
    await worker.ready()
    rest()
    say("Ready")


planning = asyncio.ensure_future(main())
