"""What a browser must do for autosave.py, be it a real one or a stand-in.

pytest holds the stand-in to it, under CPython; the page holds the stand-in and the real browser to it, in Pyodide. A
clause that fails for one of them says that a test which uses the stand-in proves nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import Any

from autosave import Browser

TIMES = 30  # ms: far enough apart for a machine with much else to do


class World:
    """A browser, its time, and the proxies that a clause makes."""

    def __init__(
        self,
        browser: Browser,
        pass_time: Callable[[float], Awaitable[object]],
        too_much: object,
    ) -> None:
        """Take a browser, a function that lets ms pass in it, and a value whose text has no room in its storage."""
        self.browser = browser
        self.window = browser.window
        self.pass_time = pass_time
        self.too_much = too_much
        self.stack = ExitStack()

    def keep(self, function: Callable[..., object]) -> Any:
        """Make a proxy that is destroyed when the clause has been checked."""
        proxy = self.browser.create_proxy(function)
        self.stack.callback(proxy.destroy)
        return proxy


Clause = Callable[[World], Awaitable[None]]
CLAUSES: list[Clause] = []


def clause(function: Clause) -> Clause:
    """Add a clause, whose docstring says what a browser must do."""
    CLAUSES.append(function)
    return function


async def check(clause: Clause, world: World) -> None:
    """Hold a browser to a clause. Raises what the clause raises: AssertionError, if it does not hold."""
    with world.stack:
        await clause(world)


@clause
async def timer(world: World) -> None:
    """Call a timer's function later, even after 0 ms, and once."""
    calls: list[str] = []
    world.window.setTimeout(world.keep(lambda: calls.append("called")), 0)
    assert calls == []
    await world.pass_time(TIMES)
    assert calls == ["called"]


@clause
async def timers(world: World) -> None:
    """Call timers in the order of their times, not in that of their making."""
    calls: list[str] = []
    world.window.setTimeout(world.keep(lambda: calls.append("last")), 4 * TIMES)
    world.window.setTimeout(world.keep(lambda: calls.append("first")), 0)
    await world.pass_time(5 * TIMES)
    assert calls == ["first", "last"]


@clause
async def cleared(world: World) -> None:
    """Never call a timer that was cleared, and let it be cleared again."""
    calls: list[str] = []
    timer = world.window.setTimeout(world.keep(lambda: calls.append("called")), 0)
    world.window.clearTimeout(timer)
    world.window.clearTimeout(timer)
    await world.pass_time(TIMES)
    assert calls == []


@clause
async def bare(world: World) -> None:
    """Never call a function that was handed over without create_proxy."""
    calls: list[str] = []
    world.window.setTimeout(lambda: calls.append("called"), 0)
    await world.pass_time(TIMES)
    assert calls == []


@clause
async def destroyed(world: World) -> None:
    """Raise when a destroyed proxy is called, and let it be destroyed again."""
    calls: list[str] = []
    proxy = world.keep(lambda: calls.append("called"))
    proxy.destroy()
    proxy.destroy()
    try:
        proxy()
    except world.browser.JsException as error:
        assert "already been destroyed" in str(error)
    else:
        raise AssertionError("it could be called")
    assert calls == []


@clause
async def listener(world: World) -> None:
    """Call a listener with each event, until the very proxy that was added is removed."""
    types: list[str] = []
    target = world.window.EventTarget.new()
    added = world.keep(lambda event: types.append(event.type))
    another = world.keep(lambda event: types.append("another"))
    target.addEventListener("input", added)
    target.addEventListener("input", added)
    target.removeEventListener("input", another)
    target.dispatchEvent(world.window.Event.new("input"))
    target.dispatchEvent(world.window.Event.new("change"))
    assert types == ["input"]
    target.removeEventListener("input", added)
    target.dispatchEvent(world.window.Event.new("input"))
    assert types == ["input"]


@clause
async def stored(world: World) -> None:
    """Give back what is stored as JavaScript's text: True as true, and None as undefined."""
    storage = world.window.localStorage
    world.stack.callback(storage.removeItem, "contract")
    for value, text in [
        ("é 🙂", "é 🙂"),
        (-7, "-7"),
        (True, "true"),
        (None, "undefined"),
    ]:
        storage.setItem("contract", value)
        assert storage.getItem("contract") == text


@clause
async def absent(world: World) -> None:
    """Answer for what is not stored with something false that is no text, and need not be None."""
    storage = world.window.localStorage
    storage.setItem("contract", "here")
    storage.removeItem("contract")
    storage.removeItem("contract")
    answer = storage.getItem("contract")
    assert not answer and not isinstance(answer, str)


@clause
async def full(world: World) -> None:
    """Raise a QuotaExceededError when the storage is full, and keep what was in it."""
    storage = world.window.localStorage
    world.stack.callback(storage.removeItem, "contract")
    storage.setItem("contract", "before")
    try:
        storage.setItem("contract", world.too_much)
    except world.browser.JsException as error:
        assert getattr(error, "name", "") == "QuotaExceededError"
    else:
        raise AssertionError("there was room for it")
    assert storage.getItem("contract") == "before"
