"""The table, in a real document. Each test ends with an empty shelf, or its handlers are counted as left behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import js
import pytest
from pyodide.ffi import to_js
from shelf import Shelf

ABC = "ba7816bf 8f01cfea 414140de 5dae2223 B00361A3 96177A9C B410FF61 F20015AD"


def named(name: str, text: str) -> Any:
    """Make a File."""
    return js.File.new(to_js([text]), name)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """Put a table into the document, and take it away."""
    table = js.document.createElement("table")
    js.document.body.append(table)
    shelf = Shelf(table.createTBody())
    yield shelf
    shelf.clear()
    table.remove()


def texts(shelf: Shelf) -> list[list[str]]:
    """Read the table as its user does."""
    return [[cell.innerText for cell in row.cells] for row in shelf.body.rows]


async def test_a_file_is_shown(shelf: Shelf) -> None:
    """Its fingerprint is that of the letters."""
    await shelf.add(named("abc.txt", "abc"))
    assert texts(shelf) == [["abc.txt", "3 byte", ABC.lower(), "", "Remove"]]


async def test_a_file_that_is_gone(shelf: Shelf) -> None:
    """The others are shown, and this one says why it is not."""
    file = named("gone.txt", "")
    file.arrayBuffer = js.Function.new(
        "return Promise.reject(new DOMException('It is gone.', 'NotReadableError'))"
    )
    await shelf.add(file)
    await shelf.add(named("abc.txt", "abc"))
    assert [row[2].split()[0] for row in texts(shelf)] == ["cannot", "ba7816bf"]


async def test_the_expected_one_is_marked(shelf: Shelf) -> None:
    """Whether it was expected before it came, or after."""
    await shelf.add(named("a", "abc"))
    shelf.expect(ABC)
    await shelf.add(named("b", "abc"))
    await shelf.add(named("c", "abd"))
    assert [row[3] for row in texts(shelf)] == ["yes", "yes", ""]
    shelf.expect("")
    assert [row[3] for row in texts(shelf)] == ["", "", ""]


async def test_a_button_takes_its_row_away(shelf: Shelf) -> None:
    """And no other."""
    for name in "abc":
        await shelf.add(named(name, name))
    shelf.body.querySelector("[aria-label='Remove b']").click()
    assert [row[0] for row in texts(shelf)] == ["a", "c"]
