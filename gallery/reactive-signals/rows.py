"""A row of the table, of which each part follows what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bridge import bind_input, bind_to_dom, listen, on_cleanup
from gauges import Gauge
from js import document


def row(gauge: Gauge, remove: Callable[[Gauge], None]) -> Any:
    """Make the row of a gauge. All that it begins ends when the list drops it."""
    box = document.createElement("input")
    box.type = "checkbox"
    box.setAttribute("aria-label", f"Watch {gauge.name}")
    bind_input(gauge.watched, box, event="change")
    level = document.createElement("td")
    bind_to_dom(
        lambda: f"{gauge.level.value:.2f} m{' ▲' if gauge.over.value else ''}", level
    )
    button = document.createElement("button")
    button.type = "button"
    button.textContent = "Remove"
    button.setAttribute("aria-label", f"Remove {gauge.name}")
    on_cleanup(listen(button, "click", lambda _: remove(gauge)))
    element = document.createElement("tr")
    element.append(
        _cell(box),
        _cell(gauge.name),
        level,
        _cell(f"{gauge.alarm:.1f} m"),
        _cell(button),
    )
    return element


def _cell(content: Any) -> Any:
    cell = document.createElement("td")
    cell.append(content)
    return cell
