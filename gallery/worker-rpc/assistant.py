"""The assistant: Python on the page. What it is given are functions of the worker's Python, which it awaits."""

from __future__ import annotations

import builtins
import math
import time
from collections.abc import Awaitable, Callable
from typing import Any

from pyodide.ffi import JsException

MIDDLE = 0.5


async def ask(function: Callable[..., Awaitable[Any]], *arguments: object) -> Any:
    """Call a function of the worker. An exception of Python's own is raised here as what it was there."""
    try:
        return await function(*arguments)
    except JsException as error:
        kind = getattr(builtins, error.name, None)
        if isinstance(kind, type) and issubclass(kind, Exception):
            raise kind(error.message) from error
        raise


async def expose(negative: Any, progress: Any) -> str:
    """Develop a negative of the worker so that it is neither too dark nor too bright, and say what was done."""

    def tell(done: float) -> None:
        progress.value = done

    try:
        brightness = await ask(negative.brightness)
    except ValueError as error:
        return f"Python on the page caught a ValueError of the worker: {error}"
    gamma = math.log(brightness) / math.log(MIDDLE)
    await ask(negative.develop, gamma, tell)
    return f"Python on the page chose gamma {gamma:.2f} for a brightness of {brightness:.0%}"


async def calls(nothing: Callable[[], Awaitable[None]], times: int) -> float:
    """Measure how long one call to the worker takes, in milliseconds, as the mean of TIMES."""
    start = time.perf_counter()
    for _ in range(times):
        await ask(nothing)
    return (time.perf_counter() - start) * 1000 / times
