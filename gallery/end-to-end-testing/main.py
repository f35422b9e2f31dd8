"""The page: a form, the list of what is in the bag, and its weight."""

from __future__ import annotations

from typing import Any

import js
from bridge import Subscription, listen
from luggage import LIMIT, Thing, advice, grams, total, written


def _element(name: str) -> Any:
    return js.document.getElementById(name)


class Row:
    """A thing in the list, and the button that takes it out."""

    def __init__(self, bag: Bag, thing: Thing) -> None:
        """Build the row."""
        self.thing = thing
        self.element = js.document.createElement("li")
        self.button = js.document.createElement("button")
        self.button.type, self.button.textContent = "button", "Take out"
        self.button.ariaLabel = f"Take out {thing.name}"
        self.element.append(f"{thing.name}, {written(thing.grams)} ", self.button)
        self.clicks: Subscription = listen(
            self.button, "click", lambda _: bag.take_out(self)
        )


class Bag:
    """The bag, as the page shows it."""

    def __init__(self) -> None:
        """Begin with an empty one."""
        self.rows: list[Row] = []
        listen(_element("form"), "submit", self.pack)
        self.weigh()

    def pack(self, event: Any) -> None:
        """Put in what the form says, and let the next thing be typed."""
        event.preventDefault()
        name, weight = _element("name"), _element("weight")
        row = Row(self, Thing(name.value.strip(), grams(weight.value)))
        self.rows.append(row)
        _element("things").append(row.element)
        _element(
            "form"
        ).reset()  # and not only emptied: then they would be marked as invalid
        name.focus()
        self.weigh()

    def take_out(self, row: Row) -> None:
        """Take a thing out. The focus goes to its neighbour, for its button is gone."""
        at = self.rows.index(row)
        del self.rows[at]
        row.clicks.stop()
        row.element.remove()
        neighbours = self.rows[at : at + 1] or self.rows[-1:]
        (neighbours[0].button if neighbours else _element("name")).focus()
        self.weigh()

    def weigh(self) -> None:
        """Show the weight."""
        weight = total(row.thing for row in self.rows)
        _element("meter").value = weight
        _element("total").value = f"{written(weight)} of {written(LIMIT)}"
        _element("advice").textContent = advice(weight)


bag = Bag()
for control in js.document.querySelectorAll("#form input, #form button"):
    control.disabled = False
_element("name").focus()
_element("status").value = "Ready"
