"""A virtual DOM: describe the whole page each time, and only what differs is touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Child: TypeAlias = "Node | str | int | float | bool | None | Iterable[Child]"


class Node:
    """The description of an element. `h` makes it; it never changes."""


def h(tag: str, attrs: Mapping[str, Any] | None = None, *children: Child) -> Node:
    """Describe an element."""
    raise NotImplementedError


class PythonVDOM:
    """Keeps an element in step with a tree."""

    def __init__(self, root: Any) -> None:
        """Take over an element, whose children are replaced."""

    def render(self, tree: Child) -> None:
        """Make the page look as the tree says."""

    def close(self) -> None:
        """Take everything out of the page, and destroy the proxies of all handlers."""
