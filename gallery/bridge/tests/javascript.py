"""As much of a browser as the bridge to a worker touches, for tests without one: a page, and workers in the same loop."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

from bridge.serving import Server


class JsProxy:
    """Something of JavaScript."""

    def __init__(self, **properties: Any) -> None:
        """Have PROPERTIES."""
        self.__dict__.update(properties)

    def to_py(self) -> Any:
        """Make a dict of an object."""
        return {key: to_py(value) for key, value in vars(self).items()}


class JsArray(JsProxy):
    """An array of JavaScript."""

    def __init__(self, items: list[Any]) -> None:
        """Have ITEMS."""
        self.items = items

    def __iter__(self) -> Iterator[Any]:
        """Go through the items."""
        return iter(self.items)

    def to_py(self) -> Any:
        """Make a list of it."""
        return [to_py(item) for item in self.items]


class JsBuffer(JsProxy):
    """A typed array of JavaScript, on a buffer of its own."""

    def __init__(self, data: memoryview) -> None:
        """Copy DATA."""
        self.data = memoryview(bytearray(data)).cast("B").cast(data.format)  # type: ignore[call-overload]
        self.buffer = JsProxy()

    def to_py(self) -> Any:
        """Copy it."""
        return self.data


def to_py(value: Any) -> Any:
    """Do what `to_py` does."""
    return value.to_py() if isinstance(value, JsProxy) else value


def to_js(value: Any, **_: Any) -> Any:
    """Do what `to_js` does."""
    if isinstance(value, dict):
        return JsProxy(**{key: to_js(item) for key, item in value.items()})
    if isinstance(value, list):
        return JsArray([to_js(item) for item in value])
    if isinstance(value, memoryview):
        return JsBuffer(value)
    return value


class FakeWorker:
    """A worker of the browser whose Python is this one."""

    all: list[FakeWorker] = []
    functions: dict[str, Callable[..., Any]] = {}
    starts = True

    def __init__(self, url: str, *, type: str, name: str) -> None:
        """Start, or say that it cannot be done."""
        self.url, self.type, self.name = url, type, name
        self.listeners: dict[str, Callable[[Any], object]] = {}
        self.terminated = False
        self.server = Server(self.functions, self._answer)
        self.all.append(self)
        asyncio.get_running_loop().call_soon(self._start)

    @classmethod
    def new(cls, url: str, **options: Any) -> FakeWorker:
        """Do what `new Worker(…)` does."""
        return cls(url, **options)

    def addEventListener(self, type: str, listener: Callable[[Any], object]) -> None:
        """Keep a listener."""
        self.listeners[type] = listener

    def removeEventListener(self, type: str, listener: Callable[[Any], object]) -> None:
        """Forget a listener."""
        assert self.listeners.pop(type) is listener

    def postMessage(self, message: Any, transfer: Any) -> None:
        """Hand a message to the worker."""
        asyncio.get_running_loop().call_soon(self.server.on_message, SimpleNamespace(data=message))

    def terminate(self) -> None:
        """End."""
        self.terminated = True

    def fire(self, type: str, **properties: Any) -> None:
        """Have an event happen."""
        if listener := self.listeners.get(type):
            listener(SimpleNamespace(preventDefault=lambda: None, **properties))

    def _start(self) -> None:
        if self.starts:
            self.server.say("ready")
        else:
            self.fire(
                "message",
                data=JsProxy(kind="failed", value="PythonError: no such module"),
            )

    def _answer(self, message: Any, transfer: Any) -> None:
        asyncio.get_running_loop().call_soon(lambda: self.fire("message", data=message))


@contextmanager
def browser(**functions: Callable[..., Any]) -> Iterator[list[FakeWorker]]:
    """Stand in for a browser whose workers have FUNCTIONS, and give the workers that are started."""
    FakeWorker.all = []
    FakeWorker.functions = functions
    FakeWorker.starts = True
    js = ModuleType("js")
    js.__dict__.update(
        Worker=FakeWorker,
        AbortController=SimpleNamespace(new=lambda: SimpleNamespace(abort=lambda: None, signal=None)),
        ArrayBuffer=SimpleNamespace(isView=lambda value: isinstance(value, JsBuffer)),
        Object=SimpleNamespace(fromEntries=None),
        navigator=SimpleNamespace(hardwareConcurrency=4),
        crossOriginIsolated=False,
    )
    pyodide, ffi = ModuleType("pyodide"), ModuleType("pyodide.ffi")
    ffi.__dict__.update(JsProxy=JsProxy, JsException=type("JsException", (Exception,), {}), to_js=to_js)
    with patch.dict(sys.modules, {"js": js, "pyodide": pyodide, "pyodide.ffi": ffi}):
        yield FakeWorker.all
