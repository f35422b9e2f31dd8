"""A worker whose functions the page awaits, as if they were its own but slow.

    async with Worker("worker.mjs") as worker:
        primes = await worker.call("primes_below", 1_000_000, timeout=30)

What goes in and out is plain data (see `bridge.plain`); an exception comes out as an exception, with the traceback of
the worker; whoever stops waiting (cancellation, timeout) has the work stopped. The worker's side is `export` and
`serve`, from `bridge.serving`.
"""

from __future__ import annotations

import asyncio
import itertools
import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from signal import SIGINT
from types import TracebackType
from typing import Any, Self

from .arrays import isolated
from .core import listen
from .errors import (
    NotPlainError,
    RemoteError,
    RemoteTraceback,
    WorkerClosedError,
    WorkerDiedError,
    WorkerError,
    revive,
)
from .plain import Transfer, pack_call, unpack
from .serving import RUNNING, SIGNAL, STOPPED, export, serve

__all__ = [
    "NotPlainError",
    "RemoteError",
    "RemoteTraceback",
    "Transfer",
    "Worker",
    "WorkerClosedError",
    "WorkerDiedError",
    "WorkerError",
    "export",
    "serve",
]


@dataclass
class _Call:
    """What a function of the worker was asked, until the worker has done with it."""

    result: asyncio.Future[Any]
    items: asyncio.Queue[tuple[Any] | None] = field(default_factory=lambda: asyncio.Queue[tuple[Any] | None]())
    """What it yields, and None at its end."""


class Worker:
    """A worker that runs Python. It starts at once and lives until it is closed.

    It can stop in two ways by itself, and both are noticed at once: by an error in it that nobody catches, and by its
    end, for which the browser has no event, but which frees the lock that the worker holds as long as it lives.
    """

    def __init__(self, url: str = "worker.mjs", *, name: str = "", convert: bool = True) -> None:
        """Start the module worker at URL; NAME shows in the browser's tools.

        With `convert=False`, results are left as the JavaScript values that they arrive as: a buffer that goes on to
        JavaScript (a picture to a canvas) is then never copied through Python.
        """
        import js

        self._title = name or url
        self._name = f"{self._title} {uuid.uuid4()}"  # that of its lock too, which no other page may have
        self._convert = convert
        self._ids = itertools.count(1)
        self._calls: dict[int, _Call] = {}
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._signals: Any = None
        self._error: WorkerError | None = None
        self._started = _future()
        self._ended = _future()
        self._watching: asyncio.Future[None] | None = None
        self._abort = js.AbortController.new()
        self._worker = js.Worker.new(url, type="module", name=self._name)
        self._listeners = [
            listen(self._worker, "message", self._on_message),
            listen(self._worker, "messageerror", self._on_message_error),
            listen(self._worker, "error", self._on_error),
        ]

    @property
    def alive(self) -> bool:
        """Whether it can be called, now or when it has started."""
        return self._error is None

    @property
    def idle(self) -> bool:
        """Whether nothing is being run in it, not even a call that nobody waits for any more."""
        return self._quiet.is_set()

    async def __aenter__(self) -> Self:
        """Wait until the worker can be called; close it and raise WorkerDiedError if that will never be."""
        try:
            await self.ready()
        except BaseException:
            self.close()
            raise
        return self

    async def __aexit__(
        self,
        type: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the worker."""
        self.close()

    async def ready(self) -> None:
        """Wait until the worker has loaded Python and its program, which takes seconds; calls wait by themselves.

        Raises WorkerDiedError if it cannot be started.
        """
        await asyncio.wait([self._started])
        self._started.result()

    async def call(self, function: str, /, *args: Any, timeout: float | None = None, **named: Any) -> Any:
        """Run a function of the worker and return its result.

        TIMEOUT is in seconds, and counts what the call waits for the worker to start or for calls before it. When it
        is over (TimeoutError) or the caller is cancelled, the function is cancelled too: an async one at its next
        await, a plain one at once if the page is cross-origin isolated; otherwise its result is dropped.

        Raises what the function raises: exceptions of Python's own as they are, others as RemoteError, both with a
        RemoteTraceback as their cause. Raises NotPlainError for arguments that cannot be sent, WorkerDiedError if the
        worker is lost, WorkerClosedError if it is closed.
        """
        async with asyncio.timeout(timeout):
            id, call = await self._send(function, args, named, streamed=False)
            try:
                return await call.result
            finally:
                self._leave(id)

    async def stream(
        self, function: str, /, *args: Any, timeout: float | None = None, **named: Any
    ) -> AsyncGenerator[Any, None]:
        """Run a generator of the worker and give what it yields as it comes; it does not wait for who takes it.

        TIMEOUT is in seconds, for each item. Whoever leaves the loop before its end has the generator closed. Raises
        what `call` raises.
        """
        async with asyncio.timeout(timeout):
            id, call = await self._send(function, args, named, streamed=True)
        try:
            while True:
                async with asyncio.timeout(timeout):
                    item = await call.items.get()
                if item is None:
                    break
                yield item[0]
            call.result.result()
        finally:
            self._leave(id)

    async def settled(self) -> None:
        """Wait until the worker is idle."""
        await self._quiet.wait()

    async def ended(self) -> WorkerError:
        """Wait until the worker is no more, and say why: WorkerDiedError, or WorkerClosedError."""
        await asyncio.wait([self._ended])
        reason: WorkerError = self._ended.result()
        return reason

    def close(self) -> None:
        """End the worker at once, whatever it does, and release all that is held for it here.

        Whoever waits for it gets a WorkerClosedError. To close it again does nothing.
        """
        self._end(WorkerClosedError(f"{self._title} is closed"))

    async def _send(
        self,
        function: str,
        args: tuple[Any, ...],
        named: dict[str, Any],
        streamed: bool,
    ) -> tuple[int, _Call]:
        parcel = pack_call(function, args, named)
        await self.ready()
        if self._error is not None:
            raise self._error
        id = next(self._ids)
        call = self._calls[id] = _Call(_future())
        call.result.add_done_callback(lambda _: call.items.put_nowait(None))
        self._quiet.clear()
        fields = {
            "function": function,
            "value": parcel.data,
            "shared": parcel.shared,
            "streamed": streamed,
        }
        self._post("call", parcel.transfer, id=id, **fields)
        return id, call

    def _leave(self, id: int) -> None:
        """Have a call stopped that nobody waits for any more, if it is not over."""
        if id not in self._calls:
            return
        self._calls[id].result.cancel()
        self._post("cancel", [], id=id)
        if self._signals is None:
            return
        import js

        if js.Atomics.load(self._signals, RUNNING) == id:
            js.Atomics.store(self._signals, STOPPED, id)
            js.Atomics.store(self._signals, SIGNAL, int(SIGINT))

    def _post(self, kind: str, transfer: list[Any], **fields: object) -> None:
        import js
        from pyodide.ffi import to_js

        message = to_js({"kind": kind, **fields}, dict_converter=js.Object.fromEntries)
        self._worker.postMessage(message, to_js(transfer))

    def _on_message(self, event: Any) -> None:
        message = event.data
        if message.kind == "alive":
            self._watching = asyncio.ensure_future(self._watch())
        elif message.kind == "ready":
            self._begin()
        elif message.kind == "failed":
            how = "died" if self._started.done() else "could not be started"
            self._end(WorkerDiedError(f"{self._title} {how}: {message.value}"))
        else:
            self._on_answer(message)

    def _on_answer(self, message: Any) -> None:
        call = self._calls[message.id]
        if message.kind == "item":
            call.items.put_nowait((self._unpacked(message),))
            return
        del self._calls[message.id]
        if not self._calls:
            self._quiet.set()
        if call.result.done():
            return
        if message.kind == "value":
            call.result.set_result(self._unpacked(message))
        elif message.kind == "error":
            said = message.value.to_py()
            call.result.set_exception(
                revive(
                    said["type_name"],
                    said["message"],
                    said["arguments"],
                    said["traceback"],
                )
            )
        else:
            call.result.set_exception(RemoteError("CancelledError", "the function was cancelled in the worker"))

    def _unpacked(self, message: Any) -> Any:
        return unpack(message.value, message.shared) if self._convert else message.value

    def _on_message_error(self, event: Any) -> None:
        self._end(WorkerDiedError(f"{self._title} sent what cannot be read here"))

    def _on_error(self, event: Any) -> None:
        event.preventDefault()  # it is raised where somebody waits
        said = getattr(event, "message", None) or "its script could not be loaded"
        self._end(WorkerDiedError(f"{self._title} died: {said}"))

    def _begin(self) -> None:
        import js

        if isolated():
            self._signals = js.Int32Array.new(js.SharedArrayBuffer.new(12))
            self._post("signals", [], signals=self._signals)
        if not self._started.done():
            self._started.set_result(None)

    async def _watch(self) -> None:
        """Wait for the lock that the worker holds: who gets it knows that the worker is gone."""
        import js
        from pyodide.ffi import JsException, to_js

        options = to_js({"signal": self._abort.signal}, dict_converter=js.Object.fromEntries)
        try:
            await js.navigator.locks.request(self._name, options, js.Boolean)  # to be called with the lock, and no more
        except JsException:
            return  # closed here
        self._end(WorkerDiedError(f"{self._title} died: the browser has ended it"))

    def _end(self, reason: WorkerError) -> None:
        if self._error is not None:
            return
        self._error = reason
        self._abort.abort()
        self._worker.terminate()
        for listener in self._listeners:
            listener.stop()
        for future in [self._started, *(call.result for call in self._calls.values())]:
            if not future.done():
                future.set_exception(reason)
                future.exception()  # nobody need have waited
        self._calls.clear()
        self._quiet.set()
        self._ended.set_result(reason)


def _future() -> asyncio.Future[Any]:
    return asyncio.get_running_loop().create_future()
