"""Tide watch with signals: each part of the page is bound once to what it is made of, and follows that."""

from __future__ import annotations

from typing import Any

from bridge import bind_input, bind_list, bind_to_dom, listen
from gauges import Watchlist
from js import document
from rows import row


def start() -> None:
    """Bind the page to the gauges, and do what its forms say."""
    watchlist = Watchlist()

    def totals() -> str:
        shown, gauges = len(watchlist.shown.value), len(watchlist.gauges.value)
        return f"{shown} of {gauges} shown, {watchlist.watched.value} watched, {watchlist.over.value} over the alarm"

    bind_input(watchlist.text, document.getElementById("filter"))
    bind_list(
        watchlist.shown,
        document.getElementById("gauges"),
        lambda gauge: row(gauge, watchlist.remove),
    )
    bind_to_dom(totals, document.getElementById("totals"), "value")
    name, alarm = document.getElementById("name"), document.getElementById("alarm")

    def add(event: Any) -> None:
        event.preventDefault()
        if text := name.value.strip():
            watchlist.add(text, float(alarm.value))
            name.value = ""

    listen(document.getElementById("new"), "submit", add)
    listen(document.getElementById("next"), "click", lambda _: watchlist.read())


start()
