"""The markers of a day on the map, and four ways in which what JavaScript holds of them ends, or does not.

A marker is a button, its handler a function of Python that knows the sighting. JavaScript calls the function through a
proxy, and what the proxy holds, Python cannot free: the function, its sighting, the flight of the birds.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from weakref import WeakSet

from bridge import listen, release_group
from js import document
from pyodide.ffi import create_proxy
from sightings import HEIGHT, WIDTH, Sighting

Pick = Callable[[Sighting, Any], object]
"""What is to be done with a sighting whose marker was pressed, and the event."""


class Markers(ABC):
    """The markers of one day."""

    def __init__(self, sightings: Sequence[Sighting], pick: Pick) -> None:
        """Put them on the map."""
        self._pick = pick
        self._map = document.getElementById("map")
        for sighting in sightings:
            button = _button(sighting)
            self._wire(button, sighting)
            self._map.append(button)

    def end(self) -> None:
        """Take them off the map."""
        self._map.replaceChildren()

    @abstractmethod
    def _wire(self, button: Any, sighting: Sighting) -> None: ...


class Grouped(Markers):
    """They are a group of `bridge`, which ends as a whole when the day does. The buttons need no farewell: they go."""

    def _wire(self, button: Any, sighting: Sighting) -> None:
        listen(button, "click", partial(self._pick, sighting), group=self)

    def end(self) -> None:
        """Take them off the map, and release the group."""
        super().end()
        release_group(self)


class ByHand(Markers):
    """Each proxy is kept beside its button, and destroyed when nothing can call it any more."""

    def __init__(self, sightings: Sequence[Sighting], pick: Pick) -> None:
        """Put them on the map."""
        self._wired: list[tuple[Any, Any]] = []
        super().__init__(sightings, pick)

    def _wire(self, button: Any, sighting: Sighting) -> None:
        proxy = create_proxy(partial(self._pick, sighting))
        button.addEventListener("click", proxy)
        self._wired.append((button, proxy))

    def end(self) -> None:
        """Take them off the map, remove each listener, and destroy its proxy."""
        super().end()
        for button, proxy in self._wired:
            button.removeEventListener("click", proxy)
            proxy.destroy()
        self._wired.clear()


class LeftToCollector(Markers):
    """Nobody keeps the proxies. JavaScript's collector ends them one day, if nothing in Python leads to their button."""

    def _wire(self, button: Any, sighting: Sighting) -> None:
        button.addEventListener("click", create_proxy(partial(self._pick, sighting)))


class Forgotten(Markers):
    """Each is an object that holds the proxy of its own method, which holds the object: no collector sees the circle."""

    def _wire(self, button: Any, sighting: Sighting) -> None:
        Bound(button, sighting, self._pick)


class Bound:
    """A marker as an object. It looks tidy, and it is the one that never ends by itself."""

    all: WeakSet[Bound] = WeakSet()
    """Those that are in memory. It holds none of them."""

    def __init__(self, button: Any, sighting: Sighting, pick: Pick) -> None:
        """Listen to the button."""
        self._sighting, self._pick = sighting, pick
        self._proxy = create_proxy(self._on_click)
        button.addEventListener("click", self._proxy)
        self.all.add(self)

    def _on_click(self, event: Any) -> None:
        self._pick(self._sighting, event)

    @classmethod
    def end_all(cls) -> None:
        """Break the circles."""
        for marker in list(cls.all):
            marker._proxy.destroy()


WAYS: dict[str, type[Markers]] = {
    "group": Grouped,
    "hand": ByHand,
    "collector": LeftToCollector,
    "forgotten": Forgotten,
}


def _button(sighting: Sighting) -> Any:
    button = document.createElement("button")
    button.type = "button"
    button.textContent = str(sighting.birds)
    button.setAttribute("aria-label", f"{sighting.species}, {sighting.birds}")
    button.style.left = f"{sighting.flight[0] / WIDTH:.1%}"
    button.style.top = f"{sighting.flight[1] / HEIGHT:.1%}"
    return button
