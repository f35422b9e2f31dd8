"""Counts callbacks for as long as something holds them, such as a proxy that nobody has destroyed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

_alive: defaultdict[str, WeakSet[Callable[..., None]]] = defaultdict(WeakSet)


def counted(kind: str, callback: Callable[..., object]) -> Callable[..., None]:
    """Give a callback that does the same, and is counted among those of a kind until nothing holds it any more."""

    def call(*args: Any) -> None:
        callback(*args)

    _alive[kind].add(call)
    return call


def alive(kind: str) -> int:
    """Say how many callbacks of a kind something holds."""
    return len(_alive[kind])
