"""Tide watch with observers: what changes tells who shows it, and who shows it says so by hand."""

from __future__ import annotations

from typing import Any

from bridge import Change, Subscription, listen, subscribe
from gauges import Gauge, Watchlist
from js import document
from rows import Row


class Page:
    """The page: a row for each gauge, and a line about all of them."""

    def __init__(self, watchlist: Watchlist) -> None:
        """Show the gauges, and follow them."""
        self._watchlist = watchlist
        self._body = document.getElementById("gauges")
        self._totals = document.getElementById("totals")
        self._filter = document.getElementById("filter")
        self._text = ""
        self._said = ""
        self._rows: dict[Gauge, Row] = {}
        self._following: dict[Gauge, Subscription] = {}
        self._shown: set[Gauge] = set()
        for gauge in watchlist:
            self._add(gauge)
        self._show_totals()
        watchlist.on_change(self._came_or_went)
        listen(self._filter, "input", self._type)

    def _came_or_went(self, gauge: Gauge, came: bool) -> None:
        if came:
            self._add(gauge)
        else:
            self._rows.pop(gauge).remove()
            self._following.pop(gauge).stop()
            self._shown.discard(gauge)
        self._show_totals()

    def _add(self, gauge: Gauge) -> None:
        row = self._rows[gauge] = Row(gauge, self._watchlist.remove)
        self._following[gauge] = subscribe(gauge, self._changed)
        self._show(row)
        self._body.append(row.element)

    def _changed(self, _: Change) -> None:
        self._show_totals()  # whatever it was: nobody here knows what the totals are made of

    def _type(self, _: Any) -> None:
        self._text = self._filter.value.lower()
        for row in self._rows.values():
            self._show(row)
        self._show_totals()

    def _show(self, row: Row) -> None:
        if row.filter(self._text):
            self._shown.add(row.gauge)
        else:
            self._shown.discard(row.gauge)

    def _show_totals(self) -> None:
        gauges = list(self._watchlist)
        over = sum(gauge.level > gauge.alarm for gauge in gauges)
        watched = sum(gauge.watched for gauge in gauges)
        text = f"{len(self._shown)} of {len(gauges)} shown, {watched} watched, {over} over the alarm"
        if text != self._said:
            self._said = self._totals.value = text


def start() -> None:
    """Show the page, and do what its forms say."""
    watchlist = Watchlist()
    Page(watchlist)
    name, alarm = document.getElementById("name"), document.getElementById("alarm")

    def add(event: Any) -> None:
        event.preventDefault()
        if text := name.value.strip():
            watchlist.add(text, float(alarm.value))
            name.value = ""

    listen(document.getElementById("new"), "submit", add)
    listen(document.getElementById("next"), "click", lambda _: watchlist.read())


start()
