"""Measures each way that numbers take from one side to the other, and finds out whether it copies them."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import AsyncIterator, Callable
from time import perf_counter
from typing import Any, NamedTuple

import js
from bridge.arrays import SharedArray
from bridge.worker import Worker
from memory import seen_by_js
from pyodide.ffi import to_js

TIMES = 3
"""How often each way is taken; the one in the middle counts."""
MORE = 160 * 2**20
"""More than Python's memory has room for, in bytes."""


class Found(NamedTuple):
    """What a way was found to be."""

    way: str
    copies: bool
    took: float
    """In milliseconds."""


async def measure(megabytes: int, worker: Worker, shared: bool) -> AsyncIterator[Found]:
    """Take each way with so many megabytes; those through shared memory only if there is some."""
    length = megabytes * 2**20 // 4
    mine = array("f", bytes(4 * length))
    theirs = js.Float32Array.new(length)
    yield await _found("to-py", theirs.to_py, theirs)
    yield await _found("assign-to", lambda: theirs.assign_to(mine), theirs, mine)
    yield await _found("to-js", lambda: to_js(mine), mine)
    yield await _found("assign", lambda: theirs.assign(mine), mine, theirs)
    with seen_by_js(mine) as seen:
        copies = not _follows(mine, seen)
    yield Found("get-buffer", copies, await _middle(lambda: _see(mine)))
    yield await _sent("post", worker, mine, mine)
    if shared:
        numbers = SharedArray.zeros("f", length)
        memory = numbers.view_js()
        yield await _found("shared-to-py", memory.to_py, memory)
        yield await _found("shared-assign", lambda: memory.assign(mine), mine, memory)
        yield await _sent("post-shared", worker, numbers, memory)
    await worker.call("keep", array("f", [0]))  # so that the worker forgets


def one_by_one() -> float:
    """Read a thousand numbers of JavaScript one after the other, and say how many milliseconds that takes."""
    theirs = js.Float32Array.new(1000)
    began = perf_counter()
    for at in range(1000):
        theirs[at]
    return (perf_counter() - began) * 1000


def grow(numbers: array[float]) -> tuple[int, int]:
    """Let memory grow while JavaScript sees an array: say how long that is for JavaScript before and after."""
    with seen_by_js(numbers) as seen:
        before = seen.length
        bytearray(MORE)
        return before, seen.length


async def _found(
    way: str, go: Callable[[], Any], source: Any, target: Any = None
) -> Found:
    took = await _middle(go)
    made = go() if target is None else target
    return Found(way, not _follows(source, made), took)


async def _sent(way: str, worker: Worker, numbers: Any, memory: Any) -> Found:
    times = []
    for _ in range(TIMES):
        began = perf_counter()
        await worker.call("keep", numbers)
        times.append(perf_counter() - began)
    memory[0] += 1
    copies = await worker.call("peek") != memory[0]
    return Found(way, copies, sorted(times)[TIMES // 2] * 1000)


async def _middle(go: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMES):
        began = perf_counter()
        go()
        times.append(perf_counter() - began)
        await asyncio.sleep(0)  # the page goes on between them
    return sorted(times)[TIMES // 2] * 1000


def _see(numbers: array[float]) -> None:
    with seen_by_js(numbers):
        pass


def _follows(source: Any, other: Any) -> bool:
    """Say whether a number that is written on the one side is there on the other at once."""
    source[0] += 1
    return bool(other[0] == source[0])
