"""Proxies that live until somebody ends them, and a count of those that nobody has ended."""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections import Counter
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from types import CoroutineType, TracebackType
from typing import Any, NamedTuple

if sys.platform == "emscripten":
    from pyodide.ffi import JsDoubleProxy as _Proxy
    from pyodide.ffi import JsProxy as _JavaScript
    from pyodide.ffi import create_proxy as _create_proxy
else:

    class _JavaScript:
        """What an object of JavaScript would be: there are none without it."""

    class _Proxy(_JavaScript):
        """A stand-in for a proxy, for tests without JavaScript: it is as dead as a real one once it is destroyed."""

        def __init__(self, held: Any) -> None:
            self._held = held
            self._destroyed = False

        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            return self.unwrap()(*args, **kwargs)

        def unwrap(self) -> Any:
            """Give what the proxy is of; ReferenceError once it is destroyed."""
            if self._destroyed:
                raise ReferenceError("Object has already been destroyed")
            return self._held

        def destroy(self) -> None:
            """End the proxy."""
            self._destroyed = True
            self._held = None

    _create_proxy = _Proxy


class _Kept(NamedTuple):
    proxy: Any
    where: str
    group: Hashable


_kept: dict[int, _Kept] = {}
"""Every proxy that is alive, by its identity, which nothing else can have as long as it is in here."""
_groups: dict[Hashable, dict[int, None]] = {}


class Subscription:
    """Something that goes on until it is stopped: by a call, by `stop`, or at the end of a `with`.

    To stop it twice does no harm.
    """

    __slots__ = ("_stop",)

    def __init__(self, stop: Callable[[], object]) -> None:
        """Hold what is to be called, once, to stop it."""
        self._stop: Callable[[], object] | None = stop

    @property
    def active(self) -> bool:
        """Whether it has not been stopped."""
        return self._stop is not None

    def stop(self) -> None:
        """Stop it."""
        stop, self._stop = self._stop, None
        if stop is not None:
            stop()

    __call__ = stop

    def __enter__(self) -> Subscription:
        """Give itself; the end of the block stops it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self.stop()


def keep_alive(callable_or_obj: Any, *, group: Hashable = None) -> Any:
    """Make a proxy that JavaScript may keep, and hold it until it is released.

    What is a proxy by `create_proxy` already is held as it is. GROUP is a name or an object, such as the component that
    the proxy belongs to, by which `release_group` ends all that are of it.

    Raises TypeError for an object of JavaScript, which needs no proxy.
    """
    if isinstance(callable_or_obj, _Proxy):
        proxy: Any = callable_or_obj
    elif isinstance(callable_or_obj, _JavaScript):
        raise TypeError("an object of JavaScript needs no proxy: hand it over as it is")
    else:
        proxy = _create_proxy(callable_or_obj)
    key = id(proxy)
    if key in _kept:
        _forget(key)
    _kept[key] = _Kept(proxy, _caller(), group)
    if group is not None:
        _groups.setdefault(group, {})[key] = None
    return proxy


def release(proxy: Any) -> bool:
    """Destroy a proxy that `keep_alive` gave; it says whether there was anything to destroy.

    JavaScript that calls the proxy afterwards gets the error "Object has already been destroyed": first take it out of
    where JavaScript keeps it. `listen` does both.
    """
    if _forget(id(proxy)) is None:
        return False
    proxy.destroy()
    return True


def release_group(group: Hashable) -> int:
    """Destroy all proxies of a group; it gives their number, which is 0 for a group that has none."""
    keys = _groups.pop(group, {})
    for key in keys:
        _kept.pop(key).proxy.destroy()
    return len(keys)


@contextmanager
def proxies() -> Generator[Callable[[Any], Any], None, None]:
    """Release all proxies of a block at its end, however that comes about.

    >>> with proxies() as keep:
    ...     js.navigator.locks.query().then(keep(show))
    """
    group = object()
    try:
        yield lambda callable_or_obj: keep_alive(callable_or_obj, group=group)
    finally:
        release_group(group)


def alive() -> Counter[str]:
    """Count the proxies that are alive, by the line that asked for them, "file.py:12".

    `alive().total()` is how many there are. Proxies that were made without this package are not counted.
    """
    return Counter(kept.where for kept in _kept.values())


def listen(
    target: Any,
    event: str,
    handler: Callable[[Any], object],
    *,
    once: bool = False,
    capture: bool = False,
    passive: bool | None = None,
    signal: Any = None,
    group: Hashable = None,
) -> Subscription:
    """Call HANDLER with every EVENT of an event target, until the result is stopped.

    The handler may be an `async def`. ONCE stops it before the first event is handled, SIGNAL (an AbortSignal of
    JavaScript) when that is aborted; CAPTURE and PASSIVE are what `addEventListener` says of them. However it ends, its
    proxy is released. `release_group(group)` releases the proxy without taking the listener away, so it is for targets
    that are gone.
    """
    options: dict[str, bool] = {}
    if capture:
        options["capture"] = True
    if passive is not None:
        options["passive"] = passive
    if signal is not None and signal.aborted:
        return _stopped()
    aborted: Subscription | None = None

    def handle(event: Any) -> None:
        if once:
            subscription.stop()
        start(handler(event))

    proxy = keep_alive(handle, group=group)

    def stop() -> None:
        if capture:
            target.removeEventListener(event, proxy, capture=True)
        else:
            target.removeEventListener(event, proxy)
        release(proxy)
        if aborted is not None:
            aborted.stop()

    subscription = Subscription(stop)
    target.addEventListener(event, proxy, **options)
    if signal is not None:
        aborted = listen(signal, "abort", lambda _: subscription.stop(), once=True, group=group)
    return subscription


_tasks: set[asyncio.Future[Any]] = set()


def start(result: object) -> None:
    """Run what a handler has returned if that is a coroutine; its failure is told to the handler of the loop."""
    if inspect.iscoroutine(result):
        task = asyncio.ensure_future(_told(result))
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)


async def _told(coroutine: CoroutineType[Any, Any, object]) -> None:
    try:
        await coroutine
    except Exception as error:
        context = {"message": f"{coroutine.__qualname__} failed", "exception": error}
        asyncio.get_running_loop().call_exception_handler(context)


def _stopped() -> Subscription:
    subscription = Subscription(lambda: None)
    subscription.stop()
    return subscription


def _forget(key: int) -> _Kept | None:
    kept = _kept.pop(key, None)
    if kept is not None and kept.group is not None:
        members = _groups[kept.group]
        del members[key]
        if not members:
            del _groups[kept.group]
    return kept


def _caller() -> str:
    """Name the innermost line that is not of this package, as FILE:LINE."""
    frame = sys._getframe(1)
    while frame.f_globals.get("__package__") == __package__ and frame.f_back is not None:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"
