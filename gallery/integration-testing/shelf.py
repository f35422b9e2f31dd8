"""The table of the files: a row for each, until it is taken away."""

from __future__ import annotations

from typing import Any

import fingerprint
import js
from bridge import Subscription, listen
from pyodide.ffi import JsException


class Row:
    """A file in the table, and the button that takes it away."""

    def __init__(self, shelf: Shelf, file: Any) -> None:
        """Show what is known without reading the file."""
        self.print = ""
        self.element = js.document.createElement("tr")
        language = js.document.documentElement.lang
        for text in (file.name, fingerprint.size(file.size, language), "…", ""):
            self.element.insertCell().textContent = text
        button = js.document.createElement("button")
        button.type, button.textContent = "button", "Remove"
        button.ariaLabel = f"Remove {file.name}"
        self.element.insertCell().append(button)
        self.button: Subscription = listen(
            button, "click", lambda _: shelf.remove(self)
        )

    def show(self, text: str) -> None:
        """Write where the fingerprint stands."""
        self.element.cells[2].textContent = text


class Shelf:
    """All rows, and the fingerprint that is looked for."""

    def __init__(self, body: Any) -> None:
        """Have no rows yet, in a tbody."""
        self.body = body
        self.rows: list[Row] = []
        self.expected = ""

    async def add(self, file: Any) -> Row:
        """Show a File, and its fingerprint as soon as it is known."""
        row = Row(self, file)
        self.rows.append(row)
        self.body.append(row.element)
        try:
            row.print = await fingerprint.sha256(file)
            row.show(fingerprint.grouped(row.print))
        except JsException as error:
            row.show(f"cannot be read: {error.message}")
        self.mark()
        return row

    def expect(self, text: str) -> None:
        """Mark the files whose fingerprint this is, however it is written."""
        self.expected = "".join(text.split()).lower()
        self.mark()

    def mark(self) -> None:
        """Mark, and unmark."""
        for row in self.rows:
            same = row.print == self.expected != ""
            row.element.cells[3].textContent = "yes" if same else ""

    def remove(self, row: Row) -> None:
        """Take a row away."""
        self.rows.remove(row)
        row.button.stop()
        row.element.remove()

    def clear(self) -> None:
        """Take all rows away."""
        for row in list(self.rows):
            self.remove(row)
