"""Tests that must fail: they are here to see how."""

from __future__ import annotations

import asyncio

import js
import pytest
from fingerprint import size
from pyodide.ffi import create_proxy


def test_that_is_wrong() -> None:
    """Fails, with the values that pytest shows."""
    print("on paper")
    assert size(1250, "en") == "1,3 kB"


def test_that_leaves_a_proxy() -> None:
    """Passes all that it asserts, and leaves its handler behind."""

    def resized(event: object) -> None:
        pass

    handler = create_proxy(resized)
    js.window.addEventListener("resize", handler)
    js.window.removeEventListener("resize", handler)


async def test_that_never_ends() -> None:
    """Waits for what nobody says, and takes no other test with it."""
    await asyncio.Event().wait()


@pytest.mark.skip(reason="there is nothing to see")
def test_that_is_skipped() -> None:
    """Does not run, and says why."""


def test_that_is_right() -> None:
    """Runs in a new page."""
    assert size(1250, "en") == "1.3 kB"
