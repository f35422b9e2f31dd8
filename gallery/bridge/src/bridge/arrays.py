"""Numbers in shared memory, which all threads of a page see at once; every method says whether it copies.

A typed array is never seen through by Python: `to_py()` and `to_memoryview()` copy it, and what is written into the
copy stays there. So nothing here is called `data`: `copy_to_python()` and `copy_from_python()` move numbers between the
two memories, and `view_js()` gives JavaScript the memory itself.
"""

from __future__ import annotations

from array import array
from typing import Any, Literal, Self

from .errors import NotIsolatedError

__all__ = ["SharedArray", "isolated"]

_CLASSES = {
    "b": "Int8Array",
    "B": "Uint8Array",
    "h": "Int16Array",
    "H": "Uint16Array",
    "i": "Int32Array",
    "I": "Uint32Array",
    "q": "BigInt64Array",
    "Q": "BigUint64Array",
    "f": "Float32Array",
    "d": "Float64Array",
}
_FORMATS = {name: format for format, name in _CLASSES.items()}
_SIGNED, _UNSIGNED, _FLOAT = "bhilq", "BHILQ", "fd"


def isolated() -> bool:
    """Say whether the page is cross-origin isolated, and so has shared memory."""
    import js

    return bool(getattr(js, "crossOriginIsolated", False))


class SharedArray:
    """An array of numbers in shared memory.

    It can be an argument or a result of a function in a worker: the worker gets a SharedArray of the same memory.
    """

    def __init__(self, view: Any) -> None:
        """Take a typed array of JavaScript that is on a SharedArrayBuffer."""
        self._view = view
        self._format = _FORMATS[view.constructor.name]

    @classmethod
    def zeros(cls, format: str, length: int) -> Self:
        """Make an array of LENGTH zeros; FORMAT is a letter as for `array.array`, "i" and "d" for example.

        Raises NotIsolatedError if the page has no shared memory, ValueError for an unknown format.
        """
        import js

        if format not in _CLASSES:
            raise ValueError(f"format {format!r} is none of {', '.join(_CLASSES)}")
        if not isolated():
            raise NotIsolatedError
        constructor = getattr(js, _CLASSES[format])
        return cls(constructor.new(js.SharedArrayBuffer.new(length * constructor.BYTES_PER_ELEMENT)))

    def __len__(self) -> int:
        """Count the numbers."""
        return int(self._view.length)

    def __repr__(self) -> str:
        """Name the format and the length."""
        return f"SharedArray({self._format!r}, length {len(self)})"

    @property
    def format(self) -> str:
        """The letter of its numbers, as of `array.array`."""
        return self._format

    @property
    def nbytes(self) -> int:
        """Its size in bytes."""
        return int(self._view.byteLength)

    def view_js(self) -> Any:
        """Give the typed array itself, for JavaScript: no copy is made.

        Much of the browser refuses shared memory (ImageData, TextDecoder, Blob, crypto): give that `copy_js()`.
        """
        return self._view

    def copy_js(self) -> Any:
        """Copy the numbers into a typed array that is not shared, which all of the browser takes."""
        return self._view.slice()

    def view(self, start: int, stop: int) -> Self:
        """Give the numbers from START up to STOP as an array of their own in the same memory: no copy is made.

        Raises IndexError if they are not all in the array.
        """
        if not 0 <= start <= stop <= len(self):
            raise IndexError(f"{start} to {stop} is not within an array of length {len(self)}")
        return type(self)(self._view.subarray(start, stop))

    def copy_to_python(self) -> array[Any]:
        """Copy the numbers into an array of Python; what is written into that stays there."""
        return array(self._format, bytes(self._view.to_bytes()))

    def copy_from_python(self, numbers: bytes | bytearray | memoryview | array[Any], at: int = 0) -> None:
        """Copy numbers of Python (of a numpy array, its memoryview) into the shared memory from AT on.

        Raises TypeError if they are not of this array's format, for they would be copied byte by byte, IndexError if
        they are too many.
        """
        source = memoryview(numbers)
        if not _alike(source.format, self._format) or source.itemsize != self._view.BYTES_PER_ELEMENT:
            raise TypeError(f"numbers of format {source.format!r} do not go into an array of format {self._format!r}")
        self.view(at, at + source.nbytes // source.itemsize)._view.assign(source)

    def load(self, index: int) -> int:
        """Read a number that other threads write, as they left it.

        Raises TypeError if the numbers are not whole numbers of up to 32 bits, IndexError past the end. So do all
        methods from here on.
        """
        return int(self._atomics(index).load(self._view, index))

    def store(self, index: int, value: int) -> None:
        """Write a number that other threads read."""
        self._atomics(index).store(self._view, index, value)

    def add(self, index: int, value: int) -> int:
        """Add to a number so that nobody's addition is lost; return what it was before."""
        return int(self._atomics(index).add(self._view, index, value))

    def compare_exchange(self, index: int, expected: int, value: int) -> int:
        """Write a number if it is what is expected; return what it was before."""
        return int(self._atomics(index).compareExchange(self._view, index, expected, value))

    def notify(self, index: int, count: int | None = None) -> int:
        """Wake those who wait for a number, COUNT of them at most; return how many were woken.

        Raises TypeError if the format is not "i". So do the methods that wait.
        """
        atomics = self._waitable(index)
        return int(atomics.notify(self._view, index) if count is None else atomics.notify(self._view, index, count))

    async def wait_async(
        self, index: int, expected: int, timeout: float | None = None
    ) -> Literal["ok", "not-equal", "timed-out"]:
        """Wait without blocking until somebody notifies of a number, as long as it is what is expected.

        TIMEOUT is in seconds. This works on the main thread, where the wait that blocks does not exist. Raises
        RuntimeError in a browser that has no Atomics.waitAsync.
        """
        atomics = self._waitable(index)
        if not hasattr(atomics, "waitAsync"):
            raise RuntimeError("this browser has no Atomics.waitAsync")
        milliseconds = [] if timeout is None else [timeout * 1000]
        waiting = atomics.waitAsync(self._view, index, expected, *milliseconds)
        outcome: Literal["ok", "not-equal", "timed-out"]
        outcome = await waiting.value if getattr(waiting, "async") else waiting.value
        return outcome

    def _atomics(self, index: int) -> Any:
        import js

        if self._format not in "bBhHiI":
            raise TypeError(f"Atomics take whole numbers of up to 32 bits, and not format {self._format!r}")
        if not 0 <= index < len(self):
            raise IndexError(f"index {index} is not within an array of length {len(self)}")
        return js.Atomics

    def _waitable(self, index: int) -> Any:
        if self._format != "i":
            raise TypeError(f'only an array of format "i" can be waited for, and not {self._format!r}')
        return self._atomics(index)


def _alike(one: str, other: str) -> bool:
    """Say whether two formats are of the same kind of number, whatever their size."""
    return any(one in kind and other in kind for kind in (_SIGNED, _UNSIGNED, _FLOAT))
