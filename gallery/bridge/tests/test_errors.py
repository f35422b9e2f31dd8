"""Exceptions on their way out of a worker."""

from __future__ import annotations

import json

import pytest

from bridge.errors import Described, RemoteError, RemoteTraceback, describe, revive


class OutOfStockError(Exception):
    """An exception of a program."""


def described(error: Exception) -> Described:
    """Describe an exception that was raised, by way of JSON, to be sure that it is plain."""
    try:
        raise error
    except Exception as raised:
        result: Described = json.loads(json.dumps(describe(raised, without="")))
        return result


def revived(error: Exception) -> Exception:
    """Send an exception there and back."""
    said = described(error)
    return revive(said["type_name"], said["message"], said["arguments"], said["traceback"])


@pytest.mark.parametrize(
    "error",
    [
        ValueError("no"),
        KeyError("k"),
        OSError(2, "gone"),
        ZeroDivisionError(),
        Exception(1, None),
    ],
)
def test_an_exception_of_python_comes_out_as_it_was(error: Exception) -> None:
    again = revived(error)
    assert (type(again), again.args) == (type(error), error.args)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OutOfStockError("tea"), "OutOfStockError: tea"),
        (
            UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
            "UnicodeDecodeError: 'utf-8' codec",
        ),
        (ValueError(object), "ValueError: <class 'object'>"),
        (StopIteration(1), "StopIteration: 1"),
        (OutOfStockError(), "OutOfStockError"),
    ],
)
def test_others_are_told(error: Exception, message: str) -> None:
    again = revived(error)
    assert isinstance(again, RemoteError)
    assert str(again).startswith(message)
    assert again.type_name == type(error).__qualname__


def test_the_traceback_is_the_cause() -> None:
    again = revived(ValueError("no"))
    assert isinstance(again.__cause__, RemoteTraceback)
    assert "in described\n    raise error" in str(again.__cause__)


def test_frames_that_only_called_are_left_out() -> None:
    try:
        described.__globals__["json"].loads("{")
    except ValueError as error:
        text = describe(error, without=__file__)["traceback"]
    assert __file__ not in text
    assert "json" in text
