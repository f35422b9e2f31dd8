"""The page: the only module that knows both JavaScript and the code that is tested without it."""

from __future__ import annotations

from typing import Any

import draft
import js
import proof
from autosave import Autosave, Browser
from pyodide.ffi import JsException, create_proxy
from pyodide.ffi.wrappers import add_event_listener

BROWSER = Browser(js.window, create_proxy, JsException)


def _element(name: str) -> Any:
    return js.document.getElementById(name)


class Page:
    """The letter, and whether it is saved as it is typed."""

    def __init__(self) -> None:
        """Bring back the letter."""
        self.field = _element("letter")
        self.autosave: Autosave | None = None
        self.switch()

    def tell(self, text: str) -> None:
        """Say what has become of the text, and how long it is."""
        _element("saved").value = text
        _element("length").value = draft.length(self.field.value)

    def switch(self, event: Any = None) -> None:
        """Save what is typed from now on, or do so no more."""
        if self.autosave is not None:
            self.autosave.close()
            self.autosave = None
        if _element("autosave").checked:
            self.autosave = Autosave(BROWSER, self.field, self.tell)

    def discard(self, event: Any) -> None:
        """Begin anew."""
        if self.autosave is not None:
            self.autosave.discard()
        self.field.focus()


async def prove(event: Any) -> None:
    """Hold both browsers to the contract."""
    _element("prove").disabled = True
    _element("status").value = "Checking…"
    await proof.show(BROWSER, _element("clauses"), _element("sum"))
    _element("status").value = "Ready"
    _element("prove").disabled = False


page = Page()
add_event_listener(_element("autosave"), "change", page.switch)
add_event_listener(_element("discard"), "click", page.discard)
add_event_listener(_element("prove"), "click", prove)
for control in js.document.querySelectorAll("textarea, input, button"):
    control.disabled = False
_element("status").value = "Ready"
