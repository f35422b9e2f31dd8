"""Tide watch with a virtual DOM: what changes is changed, and the whole page is described anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bridge import PythonVDOM, listen
from gauges import Watchlist
from js import document
from many import render_often
from views import Rows, page


class App:
    """The gauges, and the page that shows them."""

    def __init__(self) -> None:
        """Show the page."""
        self.watchlist = Watchlist()
        self._rows = Rows()
        self._vdom = PythonVDOM(document.getElementById("app"))
        self.render()

    def render(self) -> None:
        """Bring the page in step with the gauges."""
        self._vdom.render(page(self.watchlist, self._rows, self._act))

    def _act(self, change: Callable[[Any], object]) -> Callable[[Any], None]:
        def handle(event: Any) -> None:
            change(event)
            self.render()

        return handle


app = App()
listen(document.getElementById("many"), "click", render_often)
