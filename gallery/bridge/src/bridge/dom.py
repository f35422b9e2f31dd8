"""Signals that are seen: properties, attributes, fields and lists of a page that follow them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Any, TypeVar, cast

from bridge.core import Subscription, listen
from bridge.reactivity import Readable, Signal, effect, on_cleanup, owned
from bridge.vdom import arrange

T = TypeVar("T")


def bind_to_dom(
    source: Readable[Any] | Callable[[], Any],
    element: Any,
    property: str = "textContent",
    *,
    attribute: str | None = None,
) -> Subscription:
    """Have a property of an element follow a value until the result is stopped; or an attribute, if that is named.

    SOURCE is a signal, a computed value, or a function that reads such. Only a value that differs from the last one is
    written. An attribute is taken away for None and False, and empty for True; a property must be given what JavaScript
    has a value for: a text, a number, a boolean.

    >>> bind_to_dom(lambda: f"{level.value:.2f} m", output)
    >>> bind_to_dom(late, row, attribute="hidden")
    """
    last: Any = _NOTHING

    def write() -> None:
        nonlocal last
        value = _read(source)
        if last is not _NOTHING and last == value:
            return
        last = value
        if attribute is None:
            setattr(element, property, value)
        elif value is None or value is False:
            element.removeAttribute(attribute)
        else:
            element.setAttribute(attribute, "" if value is True else str(value))

    return effect(write)


_NOTHING = object()


def bind_input(
    signal: Signal[T],
    element: Any,
    *,
    parse: Callable[[str], T] | None = None,
    event: str = "input",
) -> Subscription:
    """Keep a field and a signal in step, both ways, until the result is stopped.

    A checkbox has a boolean, every other field, a select or a textarea a text. PARSE makes the signal's value of that
    text, such as `float`. If it raises ValueError, the signal stays as it is, and the field is invalid with the error's
    message. A field that is being edited is written only if it means another value than the signal has: "1." stays
    "1." while the signal is 1.0.
    """
    box = element.type == "checkbox"
    property = "checked" if box else "value"

    def meaning() -> T:
        held = getattr(element, property)
        return parse(held) if parse is not None and not box else cast(T, held)

    def write() -> None:
        value = signal.value
        try:
            if meaning() == value:
                return
        except ValueError:
            pass
        setattr(element, property, value if box else str(value))
        if parse is not None:
            element.setCustomValidity("")

    def take(_: Any) -> None:
        try:
            value = meaning()
        except ValueError as error:
            element.setCustomValidity(str(error))
            return
        if parse is not None:
            element.setCustomValidity("")
        signal.value = value

    def follow() -> None:
        on_cleanup(listen(element, event, take))
        effect(write)

    return effect(follow)


def bind_list(
    source: Readable[Iterable[T]] | Callable[[], Iterable[T]],
    parent: Any,
    build: Callable[[T], Any],
    *,
    key: Callable[[T], Hashable] = lambda item: cast(Hashable, item),
) -> Subscription:
    """Have the children of an element follow a list until the result is stopped.

    BUILD makes the element of an item, once for each KEY that comes. What it binds, and what it gives to `on_cleanup`,
    ends when the item goes. The fewest elements are moved. An item that is another object with the same key keeps the
    element that it has: let items hold signals.

    Raises ValueError for two items with the same key.
    """
    shown: dict[Hashable, tuple[Any, Subscription]] = {}

    def show() -> None:
        listed = list(_read(source))
        items = {key(item): item for item in listed}
        if len(items) < len(listed):
            raise ValueError("two items have the same key")
        before = {name: at for at, name in enumerate(shown)}
        for name in before:
            if name not in items:
                element, row = shown.pop(name)
                element.remove()
                row.stop()
        places = [before.get(name, -1) for name in items]
        rows = {name: shown.get(name) or owned(partial(build, item)) for name, item in items.items()}
        arrange(parent, [element for element, _ in rows.values()], places)
        shown.clear()
        shown.update(rows)

    def end() -> None:
        for element, row in shown.values():
            element.remove()
            row.stop()
        shown.clear()

    def follow() -> None:
        on_cleanup(end)
        effect(show)

    return effect(follow)


def _read(source: Readable[T] | Callable[[], T]) -> T:
    return source() if callable(source) else source.value
