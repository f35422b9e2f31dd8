"""The worker's half: signs of life, which leave a worker even while Python computes in it.

A worker that computes hears nothing, but what it writes into shared memory is there at once, and so is a message that
it sends. There are two signs: one says that the event loop turns, the other that work goes on.
"""

from __future__ import annotations

import asyncio
import functools
import time
import traceback
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import js
from bridge.arrays import SharedArray
from bridge.worker import export

LOOP, WORK = range(2)
"""Places of the two signs."""
EVERY = 0.1
"""How often the loop gives its sign, in seconds. Messages are sent twice as often at most."""

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class _Heart:
    """Gives the signs, in shared memory if there is any and by messages otherwise."""

    def __init__(self) -> None:
        self.memory: Any = None
        self.channel: Any = None
        self._add = js.Atomics.add
        self._sent = 0.0
        self._turning: asyncio.Task[None] | None = None

    def begin(self, memory: SharedArray | None, channel: str) -> None:
        self.memory = memory.view_js() if memory is not None else None
        if self.channel is None:
            self.channel = js.BroadcastChannel.new(channel)
            self._turning = asyncio.ensure_future(self._turn())

    def beat(self, sign: int) -> None:
        if self.memory is not None:
            self._add(self.memory, sign, 1)
        elif self.channel is not None and time.monotonic() - self._sent > EVERY / 2:
            self._sent = time.monotonic()
            self.channel.postMessage(sign)

    def tell(self, where: str) -> None:
        self.channel.postMessage(where)

    async def _turn(self) -> None:
        while True:
            self.beat(LOOP)
            await asyncio.sleep(EVERY)


_heart = _Heart()


def beat() -> None:
    """Say that work goes on. The loop around all work calls it, and none that might not end by mistake."""
    _heart.beat(WORK)


def watched(function: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Let the page call a function by its name, and be told where it was if it is interrupted."""

    @functools.wraps(function)
    def call(*args: _Given.args, **named: _Given.kwargs) -> _Result:
        try:
            return function(*args, **named)
        except KeyboardInterrupt as error:
            _heart.tell(_place(error))
            raise

    return export(call)


def _place(error: BaseException) -> str:
    """Name the line that was interrupted. The innermost frames are those of the handler of the signal."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/bridge/" not in frame.filename]
    return f"line {own[-1].lineno} of {own[-1].filename.rpartition('/')[2]}"


@export
def signs(memory: SharedArray | None, channel: str) -> None:
    """Give signs of life from now on: in MEMORY if there is any, else by messages on a channel of that name."""
    _heart.begin(memory, channel)


@export
def cost_of_a_beat(beats: int = 2000) -> float:
    """Measure what a sign costs who works, in microseconds."""
    began = time.perf_counter()
    for _ in range(beats):
        beat()
    return (time.perf_counter() - began) / beats * 1e6
