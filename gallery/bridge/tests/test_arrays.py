"""Shared arrays, over a stand-in for the typed arrays and the Atomics of JavaScript."""

from __future__ import annotations

import asyncio
import struct
import sys
from array import array
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

from bridge.arrays import SharedArray, isolated
from bridge.errors import NotIsolatedError


class TypedArray:
    """A typed array on memory that others have too."""

    def __init__(self, name: str, format: str, memory: memoryview) -> None:
        """See MEMORY as numbers of FORMAT."""
        self.constructor = SimpleNamespace(name=name)
        self.numbers = memory.cast("B").cast(format)  # type: ignore[call-overload]
        self.name, self.format = name, format
        self.length, self.byteLength = len(self.numbers), memory.nbytes
        self.BYTES_PER_ELEMENT = self.numbers.itemsize

    def subarray(self, start: int, stop: int) -> TypedArray:
        """See a part of it."""
        return TypedArray(self.name, self.format, self.numbers[start:stop])

    def slice(self) -> TypedArray:
        """Copy it."""
        return TypedArray(self.name, self.format, memoryview(bytearray(self.numbers.tobytes())))

    def to_bytes(self) -> bytes:
        """Copy it to Python."""
        return bytes(self.numbers.tobytes())

    def assign(self, source: memoryview) -> None:
        """Copy numbers into it, byte by byte."""
        self.numbers.cast("B")[:] = source.cast("B")


class Atomics:
    """What is done to one number at a time."""

    def load(self, view: TypedArray, index: int) -> Any:
        """Read."""
        return view.numbers[index]

    def store(self, view: TypedArray, index: int, value: int) -> None:
        """Write."""
        view.numbers[index] = value

    def add(self, view: TypedArray, index: int, value: int) -> Any:
        """Add."""
        before = view.numbers[index]
        view.numbers[index] += value
        return before

    def compareExchange(self, view: TypedArray, index: int, expected: int, value: int) -> Any:
        """Write what is expected to be something else."""
        before = view.numbers[index]
        if before == expected:
            view.numbers[index] = value
        return before


def constructor(name: str, format: str) -> Any:
    """Make a class of typed arrays."""
    return SimpleNamespace(
        new=lambda memory: TypedArray(name, format, memory), BYTES_PER_ELEMENT=struct.calcsize(format)
    )


@pytest.fixture
def js() -> Iterator[ModuleType]:
    """Stand in for a page that is cross-origin isolated."""
    module = ModuleType("js")
    module.__dict__.update(
        crossOriginIsolated=True,
        SharedArrayBuffer=SimpleNamespace(new=lambda size: memoryview(bytearray(size))),
        Uint8Array=constructor("Uint8Array", "B"),
        Int32Array=constructor("Int32Array", "i"),
        Float64Array=constructor("Float64Array", "d"),
        Atomics=Atomics(),
    )
    with patch.dict(sys.modules, {"js": module}):
        yield module


def test_numbers_are_copied_in_and_out(js: ModuleType) -> None:
    shared = SharedArray.zeros("i", 4)
    shared.copy_from_python(array("i", [7, -8]), at=2)
    copy = shared.copy_to_python()
    assert copy == array("i", [0, 0, 7, -8])
    copy[0] = 1
    assert shared.copy_to_python()[0] == 0
    assert (len(shared), shared.nbytes, shared.format) == (4, 16, "i")


def test_a_view_is_of_the_same_memory_and_a_copy_is_not(js: ModuleType) -> None:
    shared = SharedArray.zeros("d", 3)
    copy = shared.copy_js()
    part = shared.view(1, 3)
    part.copy_from_python(array("d", [0.5]))
    assert shared.copy_to_python() == array("d", [0, 0.5, 0])
    assert copy.numbers.tolist() == [0, 0, 0]
    assert shared.view_js().numbers[1] == 0.5


def test_one_number_at_a_time(js: ModuleType) -> None:
    shared = SharedArray.zeros("i", 2)
    shared.store(0, 5)
    assert (shared.add(0, 2), shared.load(0)) == (5, 7)
    assert (shared.compare_exchange(0, 1, 9), shared.load(0)) == (7, 7)
    assert (shared.compare_exchange(0, 7, 9), shared.load(0)) == (7, 9)


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        (lambda: SharedArray.zeros("x", 1), ValueError, "format 'x' is none of b, B, h"),
        (lambda: SharedArray.zeros("i", 2).copy_from_python(array("f", [1])), TypeError, "format 'f' do not go into"),
        (lambda: SharedArray.zeros("i", 2).copy_from_python(array("h", [1])), TypeError, "format 'h' do not go into"),
        (lambda: SharedArray.zeros("i", 2).copy_from_python(array("i", [1, 2, 3])), IndexError, "0 to 3 is not within"),
        (lambda: SharedArray.zeros("i", 2).view(1, 3), IndexError, "1 to 3 is not within"),
        (lambda: SharedArray.zeros("i", 2).load(2), IndexError, "index 2 is not within"),
        (lambda: SharedArray.zeros("i", 2).load(-1), IndexError, "index -1 is not within"),
        (lambda: SharedArray.zeros("d", 2).add(0, 1), TypeError, "whole numbers of up to 32 bits"),
        (lambda: SharedArray.zeros("B", 2).notify(0), TypeError, 'only an array of format "i"'),
    ],
)
def test_what_is_wrong_is_said(
    js: ModuleType, wrong: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        wrong()


def test_a_page_that_is_not_isolated_has_none(js: ModuleType) -> None:
    js.__dict__["crossOriginIsolated"] = False
    assert not isolated()
    with pytest.raises(NotIsolatedError, match="Cross-Origin-Opener-Policy: same-origin"):
        SharedArray.zeros("i", 1)


def test_a_browser_without_wait_async_is_told_of(js: ModuleType) -> None:
    with pytest.raises(RuntimeError, match="no Atomics.waitAsync"):
        asyncio.run(SharedArray.zeros("i", 1).wait_async(0, 0))
