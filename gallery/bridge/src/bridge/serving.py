"""The worker's half of the bridge: it answers the calls of the page with the functions that are exported.

A program of a worker marks its functions with `export`; the worker's script calls `serve` when it has run the program.
A function may be plain, async, or a generator of either kind, whose items go out one by one.
"""

from __future__ import annotations

import asyncio
import inspect
import signal
from collections.abc import Callable
from contextlib import aclosing
from types import FrameType
from typing import Any, TypeVar

from .core import listen
from .errors import describe
from .plain import pack, unpack

__all__ = ["export", "serve"]

SIGNAL, RUNNING, STOPPED = range(3)
"""Places in the memory that the page and the worker share: the signal that Pyodide looks for, the call that is being
run and may be interrupted, the call that is to be interrupted."""

_Function = TypeVar("_Function", bound=Callable[..., Any])

_exported: dict[str, Callable[..., Any]] = {}


def export(function: _Function) -> _Function:
    """Let the page call this function by its name; it stays what it is. Raises ValueError if the name is taken."""
    name = function.__name__
    if name in _exported:
        raise ValueError(f"a function {name!r} is exported already")
    _exported[name] = function
    return function


def serve() -> None:
    """Answer the calls of the page from now on, for the life of the worker."""
    import js

    server = Server(_exported, js.postMessage)
    listen(js.self, "message", server.on_message)
    server.say("ready")


class Server:
    """Runs functions for whoever posts messages, and posts what becomes of them."""

    def __init__(self, functions: dict[str, Callable[..., Any]], post: Callable[..., object]) -> None:
        """Serve FUNCTIONS by their names, and send answers with POST."""
        self._functions = functions
        self._post = post
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._signals: Any = None

    def on_message(self, event: Any) -> None:
        """Do what a message of the page says."""
        message = event.data
        if message.kind == "call":
            self._start(message)
        elif message.kind == "cancel":
            if task := self._tasks.get(message.id):
                task.cancel()
        elif message.kind == "signals":
            self._listen(message.signals)

    def say(self, kind: str, value: object = None, what: str = "", **fields: object) -> None:
        """Post a message to the page; WHAT is the name of the value, in case that it cannot be posted."""
        import js
        from pyodide.ffi import to_js

        parcel = pack(value, what)
        message = {
            "kind": kind,
            "value": parcel.data,
            "shared": parcel.shared,
            **fields,
        }
        self._post(to_js(message, dict_converter=js.Object.fromEntries), to_js(parcel.transfer))

    def _start(self, message: Any) -> None:
        id: int = message.id
        task = asyncio.ensure_future(self._answer(id, message))
        self._tasks[id] = task
        task.add_done_callback(lambda task: self._ended(id, task))

    def _ended(self, id: int, task: asyncio.Task[None]) -> None:
        del self._tasks[id]
        if task.cancelled():
            self.say("cancelled", id=id)
        else:
            task.result()  # nothing but a mistake in here is raised, and it ends the worker

    async def _answer(self, id: int, message: Any) -> None:
        try:
            arguments, named = unpack(message.value, message.shared)
            value = await self._run(id, message.function, arguments, named, message.streamed)
            self.say("value", value, f"the result of {message.function}", id=id)
        except KeyboardInterrupt:
            self.say("cancelled", id=id)
        except Exception as error:
            self.say("error", describe(error, without=__file__), id=id)

    async def _run(
        self,
        id: int,
        name: str,
        arguments: list[Any],
        named: dict[str, Any],
        streamed: bool,
    ) -> object:
        function = self._functions.get(name)
        if function is None:
            raise LookupError(f"no function {name!r} is exported here, only {', '.join(self._functions) or 'none'}")
        value = self._interruptibly(id, lambda: function(*arguments, **named))
        if inspect.isgenerator(value) or inspect.isasyncgen(value):
            if not streamed:
                raise TypeError(f"{name} yields its results: ask for them with stream")
            await self._pump(id, value, name)
            return None
        if streamed:
            raise TypeError(f"{name} yields nothing: ask for its result with call")
        return await value if inspect.isawaitable(value) else value

    async def _pump(self, id: int, items: Any, name: str) -> None:
        """Post each item; between two of them the worker takes messages, such as one that cancels this."""
        if inspect.isasyncgen(items):
            async with aclosing(items):
                async for item in items:
                    self.say("item", item, f"what {name} yields", id=id)
            return
        end = object()
        try:
            while (item := self._interruptibly(id, lambda: next(items, end))) is not end:
                self.say("item", item, f"what {name} yields", id=id)
                await asyncio.sleep(0)
        finally:
            items.close()

    def _listen(self, signals: Any) -> None:
        """Let the page interrupt what runs, through memory that is shared with it."""
        import pyodide_js

        self._signals = signals
        signal.signal(signal.SIGINT, self._interrupt)
        pyodide_js.setInterruptBuffer(signals)

    def _interrupt(self, signum: int, frame: FrameType | None) -> None:
        """Raise KeyboardInterrupt in the call that is to be stopped, if it is still that which runs."""
        import js

        running = js.Atomics.load(self._signals, RUNNING)
        if running and running == js.Atomics.load(self._signals, STOPPED):
            raise KeyboardInterrupt

    def _interruptibly(self, id: int, run: Callable[[], Any]) -> Any:
        if self._signals is None:
            return run()
        import js

        try:
            js.Atomics.store(self._signals, RUNNING, id)
            return run()
        finally:
            js.Atomics.store(self._signals, RUNNING, 0)
