"""Holds the stand-in and this browser to the contract, and shows what came of it side by side."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Callable
from typing import Any

import contract
import js
import standin
from autosave import Browser
from contract import Clause, World

HOLDS = "holds"


async def verdict(clause: Clause, world: World) -> str:
    """Say that a clause holds, or what of it does not."""
    try:
        await contract.check(clause, world)
    except AssertionError as error:
        return (
            f"fails: {str(error) or traceback.extract_tb(error.__traceback__)[-1].line}"
        )
    return HOLDS


async def judge(world: Callable[[], World]) -> tuple[list[str], float]:
    """Say for each clause whether it holds, and how many ms all took."""
    began = time.perf_counter()
    verdicts = [await verdict(clause, world()) for clause in contract.CLAUSES]
    return verdicts, 1000 * (time.perf_counter() - began)


def fake() -> World:
    """Make a world of the stand-in."""
    window = standin.Window()
    return World(window.browser(), window.pass_time, standin.TOO_MUCH)


async def show(real: Browser, rows: Any, sum: Any) -> None:
    """Fill the rows of a table, and an output with what comes of it all."""

    async def wait(ms: float) -> None:
        await asyncio.sleep(ms / 1000)

    # JavaScript writes it, as so many commas: before 314 Python needs half a second to hand over a text as long.
    too_much = js.Array.new(6 * 2**20)
    of_fake, ms_fake = await judge(fake)
    of_real, ms_real = await judge(lambda: World(real, wait, too_much))
    shown = []
    for clause, *verdicts in zip(contract.CLAUSES, of_fake, of_real, strict=True):
        row = js.document.createElement("tr")
        for text in (clause.__doc__, *verdicts):
            row.insertCell().textContent = text
        shown.append(row)
    rows.replaceChildren(*shown)
    agreed = sum_of(of_fake, of_real)
    sum.value = f"{agreed} of {len(contract.CLAUSES)} clauses hold for both."
    rows.dataset.fake, rows.dataset.real = f"{ms_fake:.1f}", f"{ms_real:.1f}"


def sum_of(fake: list[str], real: list[str]) -> int:
    """Count the clauses that hold for both."""
    return sum(pair == (HOLDS, HOLDS) for pair in zip(fake, real, strict=True))
