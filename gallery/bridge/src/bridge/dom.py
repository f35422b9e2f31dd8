"""Signals that are seen: properties, attributes, fields and lists of a page that follow them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bridge.core import Subscription
from bridge.reactivity import Computed, Signal

T = TypeVar("T")


def bind_to_dom(
    source: Signal[T] | Computed[T] | Callable[[], T],
    element: Any,
    property: str = "textContent",
    *,
    attribute: str | None = None,
) -> Subscription:
    """Have a property of an element, or an attribute, follow a value until the result is stopped."""
    raise NotImplementedError


def bind_input(
    signal: Signal[T],
    element: Any,
    *,
    parse: Callable[[str], T] | None = None,
    event: str = "input",
) -> Subscription:
    """Keep a field and a signal in step, both ways, until the result is stopped."""
    raise NotImplementedError
