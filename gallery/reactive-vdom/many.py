"""Renders a long list very often, and counts the proxies that this leaves."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from bridge import Node, PythonVDOM, alive, h
from js import document

ROWS = 200
RENDERS = 10_000
FEW = 100
SLICE = 0.02
"""For how long the page may be held up at a time, in seconds."""


class Rows:
    """Rows that are described anew if they have changed, or all of them if none is kept."""

    def __init__(self, keep: bool) -> None:
        """Begin without rows."""
        self._keep = keep
        self._known: dict[int, Node] = {}

    def tree(self, turn: int) -> Node:
        """Describe the list at a turn: one row has come, one has gone, one reads otherwise."""
        known = self._known if self._keep else {}
        known.pop(turn + turn * 7 % ROWS, None)
        self._known = {
            at: known.get(at) or _row(at, turn) for at in range(turn, turn + ROWS)
        }
        return h("ul", None, self._known.values())


def _row(at: int, turn: int) -> Node:
    def act(_: Any) -> None:
        raise AssertionError("nobody can click here")

    return h(
        "li",
        {"key": at, "onclick": act},
        f"Reading {at}, of turn {turn} ",
        h("button", {"onclick": act}, "Remove"),
    )


async def _render(times: int, keep: bool) -> tuple[int, float]:
    """Render, and give how many proxies that leaves, and how many milliseconds a render took."""
    progress = document.getElementById("renders")
    rows, vdom = Rows(keep), PythonVDOM(document.createElement("div"))
    vdom.render(rows.tree(0))
    before, busy, began = alive().total(), 0.0, time.perf_counter()
    for turn in range(1, times + 1):
        vdom.render(rows.tree(turn))
        if (took := time.perf_counter() - began) > SLICE:
            busy += took
            progress.value = str(turn)
            await asyncio.sleep(0)
            began = time.perf_counter()
    busy += time.perf_counter() - began
    left = alive().total() - before
    vdom.close()
    return left, busy * 1000 / times


async def render_often(_: Any) -> None:
    """Render a few times with no row kept, and very often with those kept that have not changed."""
    grown, anew, kept = (
        document.getElementById(name) for name in ("grown", "anew", "kept")
    )
    left_anew, each = await _render(FEW, keep=False)
    anew.value = f"{each:.2f}"
    left, each = await _render(RENDERS, keep=True)
    kept.value = f"{each:.2f}"
    grown.value = str(left_anew + left)
    document.getElementById("renders").value = f"{RENDERS}, done"
