"""Lets JavaScript see an array of Python where it stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pyodide.ffi import create_proxy


@contextmanager
def seen_by_js(numbers: array[float]) -> Iterator[Any]:
    """Give the memory of an array of format "f" as a Float32Array, for the length of a block. Nothing is copied.

    In the block nothing is awaited and nothing large is made: when Python's memory grows, the Float32Array is empty
    from then on. The array cannot get another size meanwhile.
    """
    proxy = create_proxy(numbers)
    buffer = proxy.getBuffer("f32")
    try:
        yield buffer.data
    finally:
        buffer.release()
        proxy.destroy()
