"""A row of the table, which follows its gauge from when it is made until it is taken out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from bridge import Change, listen, subscribe
from gauges import Gauge
from js import document


class Row:
    """A row. Who makes it calls `remove` when its gauge goes."""

    def __init__(self, gauge: Gauge, remove: Callable[[Gauge], None]) -> None:
        """Make the row, and follow the gauge."""
        self.gauge = gauge
        self.element = document.createElement("tr")
        self._box = document.createElement("input")
        self._box.type = "checkbox"
        self._box.setAttribute("aria-label", f"Watch {gauge.name}")
        self._level = document.createElement("td")
        button = document.createElement("button")
        button.type = "button"
        button.textContent = "Remove"
        button.setAttribute("aria-label", f"Remove {gauge.name}")
        self.element.append(
            _cell(self._box),
            _cell(gauge.name),
            self._level,
            _cell(f"{gauge.alarm:.1f} m"),
            _cell(button),
        )
        self._show_level()
        self._ends = ExitStack()
        self._ends.enter_context(subscribe(gauge, self._changed))
        self._ends.enter_context(listen(self._box, "change", self._toggled))
        self._ends.enter_context(listen(button, "click", lambda _: remove(gauge)))

    def filter(self, text: str) -> bool:
        """Show the row if its name has a text in it, and say whether it is shown."""
        shown = text in self.gauge.name.lower()
        self.element.hidden = not shown
        return shown

    def remove(self) -> None:
        """Take the row out, and end all that it has begun."""
        self._ends.close()
        self.element.remove()

    def _changed(self, change: Change) -> None:
        if change.name == "level":
            self._show_level()
        elif change.name == "watched":
            self._box.checked = change.new

    def _show_level(self) -> None:
        over = self.gauge.level > self.gauge.alarm
        self._level.textContent = f"{self.gauge.level:.2f} m{' ▲' if over else ''}"

    def _toggled(self, _: Any) -> None:
        self.gauge.watched = self._box.checked


def _cell(content: Any) -> Any:
    cell = document.createElement("td")
    cell.append(content)
    return cell
