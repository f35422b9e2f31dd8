"""The page: reads the wishes, has the worker look for an order round by round, and shows what there is so far."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import js
from bridge import Signal, computed, effect
from drawing import Table
from pyscript import display, when, workers
from pyscript.web import li, page
from seating import Wish, broken, guests_of, wishes_in

ROUNDS, COOLING = 24, 0.8
PATIENCE = 60
"""How long the worker may take to start, in seconds."""


def the(selector: str) -> Any:
    """Find the one element of a selector."""
    return page.find(selector)[0]


def say(text: str) -> None:
    """Tell what goes on."""
    the("#status").textContent = text


text = Signal(Path("wishes.txt").read_text(encoding="utf-8"))
order = Signal(guests_of(wishes_in(text.peek())))
wanted = False
"""Whether an order is looked for."""


@computed
def wishes() -> tuple[Wish, ...]:
    """Read what is typed. While somebody is in the middle of a line it may be none."""
    try:
        return wishes_in(text.value)
    except ValueError:
        return ()


@effect
def show() -> None:
    """Keep the page in step with the wishes and the order."""
    display(Table(order.value, wishes.value), target="table", append=False)
    the("#broken").replaceChildren()
    # An argument of li would be read as markup; textContent is text.
    the("#broken").append(
        *(li(textContent=str(w)) for w in broken(wishes.value, order.value))
    )


@when("input", "#wishes")
def read() -> None:
    """Take what is typed, and say what in it is no wish."""
    text.value = the("#wishes").value
    try:
        wishes_in(text.peek())
    except ValueError as error:
        say(str(error))
    else:
        say("Ready")


@when("click", "#seat")
async def seat() -> None:
    """Look for an order. The worker is asked for one round after the other, so that to stop is not to ask again."""
    global wanted
    order.value = guests_of(wishes.value)
    planner = await workers["planner"]
    wanted, began = True, js.performance.now()
    the("#seat").disabled, the("#stop").disabled = True, False
    for n in range(ROUNDS):
        answer = await planner.search(text.peek(), "\n".join(order.peek()), COOLING**n)
        if not wanted:
            break
        order.value = tuple(answer.splitlines())
        say(f"Round {n + 1} of {ROUNDS}")
    the("#seat").disabled, the("#stop").disabled = False, True
    the("#took").textContent = f"{js.performance.now() - began:.0f}"
    kept = len(wishes.value) - len(broken(wishes.value, order.value))
    say(f"{kept} of {len(wishes.value)} wishes are kept" if wanted else "Stopped")


@when("click", "#stop")
def stop() -> None:
    """Want no more of it."""
    global wanted
    wanted = False


async def start() -> None:
    """Wait for the worker, which has started with the page."""
    the("#wishes").value = text.peek()
    say("Starting the Python of the worker…")
    try:
        await asyncio.wait_for(workers["planner"], PATIENCE)
    except TimeoutError:
        say("The worker does not start: the console says why")
        return
    the("#seat").disabled = the("#wishes").disabled = False
    the("#started").textContent = f"{js.performance.now():.0f}"
    say("Ready")


starting = asyncio.ensure_future(start())
