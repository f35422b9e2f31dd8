"""A virtual DOM: describe the whole page each time, and only what differs is touched."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from bridge.core import keep_alive, release, release_group, start

Handler: TypeAlias = Callable[[Any], object]
Child: TypeAlias = "Node | str | int | float | bool | None | Iterable[Child]"

FORM = {
    "checked": False,
    "indeterminate": False,
    "muted": False,
    "selected": False,
    "value": "",
}
"""What the user changes as well, so that it is a property and no attribute, and what it is when nothing is said of it."""
SVG = "http://www.w3.org/2000/svg"


class Node:
    """The description of an element. `h` makes it; it never changes, so that it can be kept and given again."""

    __slots__ = ("attrs", "children", "events", "key", "tag")

    def __init__(
        self,
        tag: str,
        key: Hashable,
        attrs: dict[str, Any],
        events: dict[str, Handler],
        children: tuple[Node | str, ...],
    ) -> None:
        """Hold what `h` has sorted out."""
        self.tag = tag
        self.key = key
        self.attrs = attrs
        self.events = events
        self.children = children

    def __repr__(self) -> str:
        """Show it as the call that makes it."""
        return f"h({self.tag!r}, {self.attrs!r}, {len(self.children)} children)"


_NONE: dict[str, Any] = {}


def h(tag: str, attrs: Mapping[str, Any] | None = None, *children: Child) -> Node:
    """Describe an element.

    ATTRS are its attributes by the names that HTML has for them. None and False leave one out, True gives an empty one;
    a `style` may be a dict of properties of CSS. `value`, `checked`, `selected`, `indeterminate` and `muted` are set as
    properties, for the user changes them too. `key` tells siblings apart that change places. `onclick` and its like are
    functions, plain or `async def`, that are called with the event; `on:tide-turned` is for events of your own.

    CHILDREN are nodes, texts, numbers, or lists of such; None and booleans are left out, so that `late and h(…)` works.
    Text is never taken for markup.

    Raises TypeError for what cannot be shown, and ValueError for two siblings with the same key.

    >>> h("li", {"key": 7, "class": "late"}, "Dover ", h("b", None, 6.8), " m")
    """
    if not attrs:
        return Node(tag, None, _NONE, _NONE, _flat(children))
    plain: dict[str, Any] = {}
    form: dict[str, Any] = {}
    events: dict[str, Handler] = {}
    key: Hashable = None
    for name, value in attrs.items():
        if name == "key":
            key = value
        elif value is None:
            continue
        elif name.startswith("on"):
            if not callable(value):
                raise TypeError(f"{name} of {tag} must be a function, not {type(value).__name__}")
            events[name[2:].removeprefix(":")] = value
        elif name in FORM:
            form[name] = value
        elif value is not False:
            plain[name] = value
    return Node(tag, key, plain | form if form else plain, events, _flat(children))


def _flat(children: Iterable[object]) -> tuple[Node | str, ...]:
    flat: list[Node | str] = []
    _flatten(children, flat)
    if len(flat) > 1:
        keys = [child.key for child in flat if isinstance(child, Node) and child.key is not None]
        if keys and len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"two siblings have the key {twice!r}")
    return tuple(flat)


def _flatten(children: Iterable[object], into: list[Node | str]) -> None:
    for child in children:
        if isinstance(child, (str, Node)):
            into.append(child)
        elif child is None or isinstance(child, bool):
            continue
        elif isinstance(child, (int, float)):
            into.append(str(child))
        elif (several := _several(child)) is not None:
            _flatten(several, into)
        else:
            raise TypeError(f"{type(child).__name__} cannot be shown: give a node, a text, a number or a list of them")


def _several(child: object) -> Iterable[object] | None:
    if isinstance(child, Iterable) and not isinstance(child, (bytes, Mapping)):
        return cast("Iterable[object]", child)
    return None


class _Listener:
    """The one proxy of an element and an event. What it calls can be another function after each render."""

    __slots__ = ("function", "of", "proxy", "touched")

    def __init__(self, function: Handler, of: _Mounted, touched: list[_Mounted]) -> None:
        self.function = function
        self.of = of
        self.touched = touched
        self.proxy: Any = None

    def __call__(self, event: Any) -> None:
        self.touched.append(self.of)
        start(self.function(event))


class _Mounted:
    """A node that is in the page."""

    __slots__ = ("children", "dom", "listeners", "node")

    def __init__(self, node: Node | str, dom: Any) -> None:
        self.node = node
        self.dom = dom
        self.children: list[_Mounted] = []
        self.listeners: dict[str, _Listener] = {}


class PythonVDOM:
    """Keeps what is in an element in step with a tree.

    >>> page = PythonVDOM(document.getElementById("app"))
    >>> page.render(h("p", None, "Hello"))

    A node keeps its element from one render to the next if it stands in the same place or has the same key, and is of
    the same tag. Only attributes and texts that differ are written; of nodes that have changed places the fewest are
    moved; a handler that is another function costs nothing, for each element has one proxy per event, which is destroyed
    with it. A node that is the very same object as last time is not looked into.
    """

    def __init__(self, root: Any) -> None:
        """Take over an element; the first render replaces what is in it.

        Raises TypeError if it is null, as `getElementById` gives for an id that is not there.
        """
        if not root:
            raise TypeError("there is no element to render into")
        self._root = root
        document = root.ownerDocument
        self._element: Callable[[str], Any] = document.createElement
        self._element_of: Callable[[str, str], Any] = document.createElementNS
        self._text: Callable[[str], Any] = document.createTextNode
        self._mounted: list[_Mounted] = []
        self._fresh = True
        self._touched: list[_Mounted] = []
        self._rendering = False
        self._next: list[tuple[Node | str, ...]] = []

    def render(self, tree: Child) -> None:
        """Make the page look as the tree says: a node, or a list of them.

        A render that is asked for while one is going on, by a handler, is done after it. If one fails half-way, such as
        for a tag that the browser refuses, all is taken out of the page, so that the next begins anew.
        """
        self._next[:] = [_flat([tree])]
        if self._rendering:
            return
        self._rendering = True
        try:
            while self._next:
                self._show(self._next.pop())
        except BaseException:
            self.close()
            raise
        finally:
            self._rendering = False

    def close(self) -> None:
        """Take everything out of the page, and destroy the proxies of all handlers. It can be rendered into again."""
        for mounted in self._mounted:
            self._forget(mounted)
        release_group(self)  # what a render that failed has made, and not mounted
        self._mounted = []
        self._touched.clear()
        self._next.clear()
        self._root.replaceChildren()

    def _show(self, nodes: tuple[Node | str, ...]) -> None:
        if self._fresh:
            self._root.replaceChildren()
            self._fresh = False
        self._mounted = self._children(self._root, self._mounted, nodes, None)
        for mounted in self._touched:
            for name, value in _form(mounted.node):
                if getattr(mounted.dom, name) != value:
                    setattr(mounted.dom, name, value)
        self._touched.clear()

    def _create(self, node: Node | str, space: str | None) -> _Mounted:
        if isinstance(node, str):
            return _Mounted(node, self._text(node))
        space = _space(node, space)
        mounted = _Mounted(
            node,
            self._element_of(space, node.tag) if space else self._element(node.tag),
        )
        if node.children:
            inner = _space_of_children(node, space)
            mounted.children = [self._create(child, inner) for child in node.children]
            mounted.dom.append(*[child.dom for child in mounted.children])
        for (
            name,
            value,
        ) in node.attrs.items():  # behind the children: a select takes a value that it has an option of
            if value is not FORM.get(name):  # a checkbox is not checked to begin with
                _assign(mounted.dom, name, None, value)
        for event, function in node.events.items():
            self._listen(mounted, event, function)
        return mounted

    def _listen(self, mounted: _Mounted, event: str, function: Handler) -> None:
        listener = mounted.listeners[event] = _Listener(function, mounted, self._touched)
        listener.proxy = keep_alive(listener, group=self)
        mounted.dom.addEventListener(event, listener.proxy)

    def _unlisten(self, mounted: _Mounted, event: str) -> None:
        proxy = mounted.listeners.pop(event).proxy
        mounted.dom.removeEventListener(event, proxy)
        release(proxy)

    def _forget(self, mounted: _Mounted) -> None:
        """End the handlers of what is, or will be, out of the page. An image may load and a fetch may end even then."""
        if mounted in self._touched:
            self._touched[:] = [other for other in self._touched if other is not mounted]
        for event in tuple(mounted.listeners):
            self._unlisten(mounted, event)
        for child in mounted.children:
            self._forget(child)

    def _patch(self, mounted: _Mounted, node: Node | str, space: str | None) -> _Mounted:
        """Bring an element in step with a node of the same tag."""
        old = mounted.node
        if old is node:
            return mounted
        mounted.node = node
        if isinstance(old, str) or isinstance(node, str):
            if old != node:
                mounted.dom.data = node
            return mounted
        space = _space(node, space)
        if mounted.children or node.children:
            inner = _space_of_children(node, space)
            mounted.children = self._children(mounted.dom, mounted.children, node.children, inner)
        if old.attrs is not node.attrs and old.attrs != node.attrs:
            for name in old.attrs:
                if name not in node.attrs:
                    _remove(mounted.dom, node.tag, name)
            for name, value in node.attrs.items():
                before = old.attrs.get(name)
                if before != value:
                    _assign(mounted.dom, name, before, value)
        for event in tuple(mounted.listeners):
            if event not in node.events:
                self._unlisten(mounted, event)
        for event, function in node.events.items():
            if listener := mounted.listeners.get(event):
                listener.function = function
            else:
                self._listen(mounted, event, function)
        return mounted

    def _children(
        self,
        parent: Any,
        old: list[_Mounted],
        new: Sequence[Node | str],
        space: str | None,
    ) -> list[_Mounted]:
        """Bring the children of an element in step, and give those that are there now."""
        first, last = 0, 0
        shorter = min(len(old), len(new))
        while first < shorter and _same(old[first].node, new[first]):
            first += 1
        while last < shorter - first and _same(old[-1 - last].node, new[-1 - last]):
            last += 1
        head = [self._patch(mounted, node, space) for mounted, node in zip(old[:first], new, strict=False)]
        tail_at = len(old) - last
        tail = [self._patch(*pair, space) for pair in zip(old[tail_at:], new[len(new) - last :], strict=True)]
        goes, comes = old[first:tail_at], new[first : len(new) - last]
        if not goes and not comes:
            return head + tail
        places = _places(goes, comes)
        stays = set(places)
        gone = [mounted for at, mounted in enumerate(goes) if at not in stays]
        whole = len(gone) == len(old)
        if whole and gone:
            parent.replaceChildren()
        for mounted in gone:
            if not whole:
                mounted.dom.remove()
            self._forget(mounted)
        middle = [
            self._create(node, space) if at < 0 else self._patch(goes[at], node, space)
            for at, node in zip(places, comes, strict=True)
        ]
        arrange(
            parent,
            [mounted.dom for mounted in middle],
            places,
            tail[0].dom if tail else None,
        )
        return head + middle + tail


def arrange(parent: Any, elements: Sequence[Any], places: Sequence[int], anchor: Any = None) -> None:
    """Put elements into a parent, before ANCHOR or at the end, and move the fewest.

    PLACES are where each stood among those that stay, or -1 for what is new. Each run of neighbours is one call.
    """
    unmoved = _unmoved(places)
    run: deque[Any] = deque()
    for at in range(len(elements) - 1, -1, -1):
        if at not in unmoved:
            run.appendleft(elements[at])
            continue
        _insert(parent, run, anchor)
        run.clear()
        anchor = elements[at]
    _insert(parent, run, anchor)


def _insert(parent: Any, run: deque[Any], anchor: Any) -> None:
    if not run:
        return
    if anchor is None:
        parent.append(*run)
    else:
        anchor.before(*run)


def _same(old: Node | str, new: Node | str) -> bool:
    """Say whether the element of a node can become that of another."""
    if isinstance(old, str) or isinstance(new, str):
        return isinstance(old, str) and isinstance(new, str)
    return old.tag == new.tag and old.key == new.key


def _places(old: list[_Mounted], new: Sequence[Node | str]) -> list[int]:
    """Find for each node the element that it takes over, by its place, or -1. What has no key goes by its order."""
    by_key: dict[tuple[str, Hashable], deque[int]] = {}
    for at, mounted in enumerate(old):
        by_key.setdefault(_identity(mounted.node), deque()).append(at)
    places: list[int] = []
    for node in new:
        found = by_key.get(_identity(node))
        places.append(found.popleft() if found else -1)
    return places


def _identity(node: Node | str) -> tuple[str, Hashable]:
    return ("", None) if isinstance(node, str) else (node.tag, node.key)


def _unmoved(places: Sequence[int]) -> set[int]:
    """Find the longest run of places that are in order already: the others are moved, and those at -1 are new."""
    ends: list[int] = []  # the smallest last place of a run of each length
    tops: list[int] = []  # whose place that is
    before: dict[int, int] = {}
    for at, place in enumerate(places):
        if place < 0:
            continue
        length = bisect_left(ends, place)
        if length:
            before[at] = tops[length - 1]
        if length == len(ends):
            ends.append(place)
            tops.append(at)
        else:
            ends[length] = place
            tops[length] = at
    unmoved: set[int] = set()
    at = tops[-1] if tops else -1
    while at >= 0:
        unmoved.add(at)
        at = before.get(at, -1)
    return unmoved


def _form(node: Node | str) -> Iterable[tuple[str, Any]]:
    if isinstance(node, str):
        return ()
    return [(name, value) for name, value in node.attrs.items() if name in FORM]


def _space(node: Node, space: str | None) -> str | None:
    return SVG if node.tag == "svg" else space


def _space_of_children(node: Node, space: str | None) -> str | None:
    return None if node.tag == "foreignObject" else space


def _assign(dom: Any, name: str, before: Any, value: Any) -> None:
    if name in FORM:
        setattr(dom, name, value)
    elif name == "style" and isinstance(value, Mapping):
        _style(dom, before, cast("Mapping[str, Any]", value))
    else:
        dom.setAttribute(name, "" if value is True else str(value))


def _style(dom: Any, before: Any, value: Mapping[str, Any]) -> None:
    old: Mapping[str, Any] = {}
    if isinstance(before, Mapping):
        old = cast("Mapping[str, Any]", before)
    elif before is not None:
        dom.removeAttribute("style")
    style = dom.style
    for name in old:
        if name not in value:
            style.removeProperty(name)
    for name, text in value.items():
        if old.get(name) != text:
            style.setProperty(name, str(text))


def _remove(dom: Any, tag: str, name: str) -> None:
    if name in FORM and not (name == "value" and tag not in ("input", "select", "textarea")):
        setattr(dom, name, FORM[name])
    else:
        dom.removeAttribute(name)
