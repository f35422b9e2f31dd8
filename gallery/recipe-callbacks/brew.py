"""A cup of tea that brews. Three kinds of callbacks wait for it, and each has its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import js
from alive import counted
from js import document
from pyodide.ffi import create_once_callable, create_proxy
from pyodide.ffi.wrappers import clear_interval, set_interval

TICK = 100
"""How often the page shows how much time is left, in milliseconds."""


class Brew:
    """A cup, from the water on: it ends when it has rung, or when it is stopped."""

    def __init__(
        self,
        seconds: float,
        tick: Callable[[float], object],
        over: Callable[[bool], object],
    ) -> None:
        """Ring in so many seconds. TICK is told how many are left, OVER at the end whether the tea is ready."""
        self._tell, self._over = tick, over
        self._due = js.performance.now() + 1000 * seconds
        # Once: the callable ends with its call. If that never comes, `stop` ends it.
        self._ring = create_once_callable(counted("ring", self._on_ring))
        self._timer = js.setTimeout(self._ring, 1000 * seconds)
        # Again and again: the wrapper makes the proxy, and `clear_interval` ends it.
        self._clock = set_interval(counted("tick", self._on_tick), TICK)
        # Together: one signal takes all listeners away, and then nobody needs their proxies.
        self._listening = js.AbortController.new()
        self._proxies = [
            self._listen(document, "keydown", self._on_key),
            self._listen(document, "visibilitychange", self._on_visible),
        ]

    def stop(self) -> None:
        """Pour it away before it is ready. A cup that is ready cannot be stopped: its callable has ended itself."""
        js.clearTimeout(self._timer)
        self._ring.destroy()
        self._end(ready=False)

    def _listen(self, target: Any, event: str, handler: Callable[[Any], object]) -> Any:
        proxy = create_proxy(counted("listen", handler))
        target.addEventListener(event, proxy, signal=self._listening.signal)
        return proxy

    def _on_ring(self) -> None:
        self._end(ready=True)

    def _on_tick(self) -> None:
        self._tell(max(0.0, (self._due - js.performance.now()) / 1000))

    def _on_key(self, event: Any) -> None:
        if event.key == "Escape":
            self.stop()

    def _on_visible(self, _: Any) -> None:
        self._on_tick()  # a page that is hidden ticks slowly

    def _end(self, *, ready: bool) -> None:
        clear_interval(self._clock)
        self._listening.abort()
        for proxy in self._proxies:
            proxy.destroy()
        self._over(ready)
