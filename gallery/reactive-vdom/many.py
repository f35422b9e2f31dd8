"""Renders a long list very often, and counts the proxies that this leaves."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from bridge import Node, PythonVDOM, alive, h
from js import document

ROWS = 200
RENDERS = 10_000
SLICE = 0.02
"""For how long the page may be held up at a time, in seconds."""


class Rows:
    """Rows, each of which is described anew only if it has changed: a node that is given again is not looked into."""

    def __init__(self) -> None:
        """Begin without rows."""
        self._known: dict[int, Node] = {}

    def tree(self, turn: int) -> Node:
        """Describe the list at a turn."""
        changed = turn * 7 % ROWS + turn
        self._known.pop(turn - 1, None)
        self._known[changed] = _row(changed, turn)
        shown = range(turn, turn + ROWS)
        return h("ul", None, [self._known.get(at) or self._new(at) for at in shown])

    def _new(self, at: int) -> Node:
        node = self._known[at] = _row(at, 0)
        return node


def _row(at: int, turn: int) -> Node:
    def act(_: Any) -> None:
        raise AssertionError("nobody can click here")

    return h(
        "li",
        {"key": at, "onclick": act},
        f"Reading {at}, of turn {turn} ",
        h("button", {"onclick": act}, "Remove"),
    )


async def render_often(_: Any) -> None:
    """Render, and say how many proxies there are more than before, and how many milliseconds a render took."""
    renders, grown, each = (
        document.getElementById(name) for name in ("renders", "grown", "each")
    )
    rows, vdom = Rows(), PythonVDOM(document.createElement("div"))
    vdom.render(rows.tree(0))
    before, busy, began = alive().total(), 0.0, time.perf_counter()
    for turn in range(1, RENDERS + 1):
        vdom.render(rows.tree(turn))
        if time.perf_counter() - began > SLICE:
            busy += time.perf_counter() - began
            renders.value = str(turn)
            await asyncio.sleep(0)
            began = time.perf_counter()
    busy += time.perf_counter() - began
    grown.value = str(alive().total() - before)
    vdom.close()
    each.value = f"{busy * 1000 / RENDERS:.2f}"
    renders.value = str(RENDERS)
