"""The stand-in keeps the contract, and the contract would notice if it did not. The page does the same for a browser."""

from __future__ import annotations

import asyncio

import contract
import pytest
import standin
from contract import Clause, World
from standin import TOO_MUCH, Storage, Window


def check(clause: Clause, window: Window) -> None:
    """Hold a window to a clause."""
    world = World(window.browser(), window.pass_time, TOO_MUCH)
    asyncio.run(contract.check(clause, world))


@pytest.mark.parametrize("clause", contract.CLAUSES, ids=lambda clause: clause.__name__)
def test_the_stand_in_keeps(clause: Clause) -> None:
    """Each clause, each in a world of its own."""
    window = Window()
    check(clause, window)
    assert not any(proxy.alive for proxy in window.proxies)


@pytest.mark.parametrize(
    ("clause", "name", "lie"),
    [
        (contract.bare, "handed_over", lambda function: function),
        (contract.stored, "text_of", str),
        (contract.absent, "NULL", ""),
        (contract.full, "Storage.ROOM", 2**40),
    ],
    ids=["a bare function lives", "text as Python has it", "nothing is a text", "room"],
)
def test_a_lie_is_found(
    clause: Clause, name: str, lie: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is what a stand-in does that was written in a hurry: with it, tests pass whose code fails on the page."""
    monkeypatch.setattr(f"standin.{name}", lie)
    with pytest.raises(AssertionError):
        check(clause, Window(Storage(standin.NULL)))
