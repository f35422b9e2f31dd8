"""What the page looks like, as functions of the gauges. They touch nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bridge import Node, h
from gauges import Gauge, Watchlist

Act = Callable[[Callable[[Any], object]], Callable[[Any], None]]
"""Makes a handler of something that changes the gauges: the page is shown anew behind it."""


class Rows:
    """The rows, each of which is described anew only if its gauge has changed: a node that is given again is skipped."""

    def __init__(self) -> None:
        """Begin without any."""
        self._known: dict[Gauge, tuple[tuple[float, bool], Node]] = {}

    def shown(self, watchlist: Watchlist, act: Act) -> list[Node]:
        """Describe the rows of the gauges that are shown, and forget the others."""
        known, self._known = self._known, {}
        for gauge in watchlist.shown:
            state = (gauge.level, gauge.watched)
            last = known.get(gauge)
            if last is None or last[0] != state:
                last = (state, _row(watchlist, gauge, act))
            self._known[gauge] = last
        return [node for _, node in self._known.values()]


def page(watchlist: Watchlist, rows: Rows, act: Act) -> list[Node]:
    """Describe the whole page."""
    return [
        h(
            "section",
            None,
            h("h2", None, "Gauges"),
            _filter(watchlist, act),
            h(
                "table",
                None,
                h(
                    "thead",
                    None,
                    h(
                        "tr",
                        None,
                        [h("th", {"scope": "col"}, name) for name in _COLUMNS],
                        h("td"),
                    ),
                ),
                h(
                    "tbody",
                    {"id": "gauges"},
                    rows.shown(watchlist, act),
                ),
            ),
            h("p", None, h("output", {"id": "totals"}, _totals(watchlist))),
            h(
                "p",
                None,
                h(
                    "button",
                    {
                        "type": "button",
                        "id": "next",
                        "onclick": act(lambda _: watchlist.read()),
                    },
                    "Next reading",
                ),
            ),
        ),
        h("section", None, h("h2", None, "Add a gauge"), _form(watchlist, act)),
    ]


_COLUMNS = ("Watch", "Gauge", "Level", "Alarm at")


def _filter(watchlist: Watchlist, act: Act) -> Node:
    def type_(event: Any) -> None:
        watchlist.text = event.target.value.lower()

    field = {
        "id": "filter",
        "type": "search",
        "autocomplete": "off",
        "oninput": act(type_),
    }
    return h(
        "form",
        None,
        h(
            "p",
            None,
            h("label", {"for": "filter"}, "Show those with"),
            " ",
            h("input", field),
        ),
    )


def _row(watchlist: Watchlist, gauge: Gauge, act: Act) -> Node:
    def toggle(event: Any) -> None:
        gauge.watched = event.target.checked

    box = {
        "type": "checkbox",
        "checked": gauge.watched,
        "aria-label": f"Watch {gauge.name}",
        "onchange": act(toggle),
    }
    button = {
        "type": "button",
        "aria-label": f"Remove {gauge.name}",
        "onclick": act(lambda _: watchlist.gauges.remove(gauge)),
    }
    over = gauge.level > gauge.alarm
    return h(
        "tr",
        {"key": id(gauge)},
        h("td", None, h("input", box)),
        h("td", None, gauge.name),
        h("td", None, f"{gauge.level:.2f} m{' ▲' if over else ''}"),
        h("td", None, f"{gauge.alarm:.1f} m"),
        h("td", None, h("button", button, "Remove")),
    )


def _totals(watchlist: Watchlist) -> str:
    over = sum(gauge.level > gauge.alarm for gauge in watchlist.gauges)
    watched = sum(gauge.watched for gauge in watchlist.gauges)
    return f"{len(watchlist.shown)} of {len(watchlist.gauges)} shown, {watched} watched, {over} over the alarm"


def _form(watchlist: Watchlist, act: Act) -> Node:
    def add(event: Any) -> None:
        event.preventDefault()
        form = event.target.elements
        if text := form.name.value.strip():
            watchlist.add(text, float(form.alarm.value))
            form.name.value = ""

    alarm = {
        "id": "alarm",
        "type": "number",
        "min": 0,
        "step": 0.1,
        "value": 5,
        "required": True,
    }
    return h(
        "form",
        {"id": "new", "onsubmit": act(add)},
        h(
            "p",
            None,
            h("label", {"for": "name"}, "Name"),
            " ",
            h("input", {"id": "name", "autocomplete": "off"}),
        ),
        h(
            "p",
            None,
            h("label", {"for": "alarm"}, "Alarm at, metres"),
            " ",
            h("input", alarm),
        ),
        h("p", None, h("button", {"type": "submit"}, "Add")),
    )
