"""The code that talks to JavaScript, with a stand-in for it. test_contract.py and the page say that it is honest."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from autosave import KEY, PAUSE, Autosave
from draft import decode
from standin import NULL, Event, Field, Null, Storage, Window

NOON = datetime(2026, 5, 1, 12, 0)


class Desk:
    """A letter on a page that stands in for one, and what its user has been told."""

    def __init__(self, storage: Storage | None = None) -> None:
        """Open the page."""
        self.window = Window(storage)
        self.field = Field(self.window)
        self.told: list[str] = []
        self.autosave = Autosave(
            self.window.browser(), self.field, self.told.append, lambda: NOON
        )

    def wait(self, ms: float) -> None:
        """Let time pass."""
        asyncio.run(self.window.pass_time(ms))

    @property
    def kept(self) -> str | None:
        """What is in the storage."""
        kept = decode(self.window.localStorage.getItem(KEY))
        return None if kept is None else kept.text


@pytest.fixture
def desk() -> Desk:
    """Open a page that has no letter yet."""
    return Desk()


def test_a_pause_saves(desk: Desk) -> None:
    """Not before it is over, and what was in the field then."""
    desk.field.type("Dear")
    desk.wait(PAUSE - 1)
    assert desk.kept is None
    desk.wait(1)
    assert desk.kept == "Dear"
    assert desk.told[-1] == "Saved at 12:00"


def test_each_key_begins_the_pause_anew(desk: Desk) -> None:
    """Who types slowly is not saved all the time."""
    for key in "Dear":
        desk.field.type(key)
        desk.wait(PAUSE - 1)
    assert desk.told == ["Typing…"] * 4


def test_the_end_of_the_page_saves_at_once(desk: Desk) -> None:
    """No pause is left to wait for."""
    desk.field.type("Dear Ada")
    desk.window.dispatchEvent(Event("pagehide"))
    assert desk.kept == "Dear Ada"


@pytest.mark.parametrize("null", [None, NULL], ids=["until 0.27", "since 0.28"])
def test_the_letter_comes_back(null: Null | None) -> None:
    """The first page finds none, whatever the browser says for that; the second finds that of the first."""
    storage = Storage(null)
    first = Desk(storage)
    assert (first.field.value, first.told) == ("", [])
    first.field.type("Dear Ada")
    first.wait(PAUSE)
    second = Desk(storage)
    assert (second.field.value, second.told) == (
        "Dear Ada",
        ["Brought back from 12:00"],
    )


def test_no_room(desk: Desk) -> None:
    """The user is told, and the last draft that had room stays."""
    desk.field.type("Dear")
    desk.wait(PAUSE)
    desk.field.value = "x" * Storage.ROOM
    desk.field.type(" Ada")
    desk.wait(PAUSE)
    assert desk.told[-1] == "Not saved: the browser has no room left"
    assert desk.kept == "Dear"
    assert desk.window.uncaught == []


def test_another_error_is_not_taken_for_a_lack_of_room() -> None:
    """It is a bug, and goes where bugs are seen."""

    class Broken(Storage):
        def setItem(self, key: str, value: object) -> None:
            raise ZeroDivisionError

    desk = Desk(Broken())
    desk.field.type("Dear")
    desk.wait(PAUSE)
    assert [type(error) for error in desk.window.uncaught] == [ZeroDivisionError]


def test_what_is_discarded_does_not_come_back(desk: Desk) -> None:
    """Not even by the pause that was under way."""
    desk.field.type("Dear")
    desk.autosave.discard()
    desk.wait(PAUSE)
    assert (desk.field.value, desk.kept) == ("", None)


def test_closing(desk: Desk) -> None:
    """What waits is saved, no proxy is left, and nothing listens any more."""
    desk.field.type("Dear")
    desk.autosave.close()
    desk.field.type(" Ada")
    desk.window.dispatchEvent(Event("pagehide"))
    desk.wait(PAUSE)
    assert desk.kept == "Dear"
    assert [proxy for proxy in desk.window.proxies if proxy.alive] == []
    assert desk.window.uncaught == []
