"""What may go from one thread of a page to another: plain data, buffers, shared arrays and things of JavaScript.

Two threads have two Pythons, and no object of the one exists in the other. What crosses is copied by the browser
(structured clone); what cannot be copied is refused here, with its place in the value, instead of by a DataCloneError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from .arrays import SharedArray
from .errors import NotPlainError

__all__ = ["Parcel", "Transfer", "pack", "pack_call", "unpack"]


class Transfer:
    """Something of JavaScript that is given away: it is moved and not copied, and is empty here afterwards.

    For an ArrayBuffer or a typed array (then its whole buffer goes), an OffscreenCanvas, an ImageBitmap or a
    MessagePort. Buffers of Python (bytes, bytearray, array, memoryview) need no such word: they are copied out of
    Python's memory once, and that copy is moved.
    """

    def __init__(self, value: Any) -> None:
        """Give VALUE away with the call that it is an argument or the result of."""
        self.value = value


@dataclass(frozen=True)
class Parcel:
    """A value of Python, ready for postMessage."""

    data: Any
    """The value in JavaScript."""
    transfer: list[Any]
    """What in it is moved and not copied."""
    shared: bool
    """Whether there are shared arrays in it."""


def pack(value: object, what: str) -> Parcel:
    """Turn a value of Python into one of JavaScript that can be posted.

    Tuples arrive as lists, a bytearray or an array as a memoryview. A number costs some microseconds in a list and
    some hundredths of one in an array: send many numbers as `array.array`.

    Raises NotPlainError, which names WHAT and the place in it, for everything else.
    """
    packing = _Packing()
    return packing.parcel(packing.plain(value, what))


def pack_call(function: str, args: Sequence[object], named: Mapping[str, object]) -> Parcel:
    """Turn the arguments of a call into a list and a dict that can be posted, as `pack` does."""
    packing = _Packing()
    positional = [packing.plain(value, f"argument {i} of {function}") for i, value in enumerate(args, 1)]
    return packing.parcel(
        [
            positional,
            {name: packing.plain(value, f"argument {name} of {function}") for name, value in named.items()},
        ]
    )


class _Packing:
    """The way through a value that is to be posted."""

    def __init__(self) -> None:
        self.transfer: list[Any] = []
        self.shared = False

    def parcel(self, plain: object) -> Parcel:
        import js
        from pyodide.ffi import to_js

        data = to_js(plain, dict_converter=js.Object.fromEntries, create_pyproxies=False)
        return Parcel(data, self.transfer, self.shared)

    def plain(self, value: object, where: str) -> object:
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, list | tuple):
            items = cast("Sequence[object]", value)
            return [self.plain(item, f"{where}[{i}]") for i, item in enumerate(items)]
        if isinstance(value, Mapping):
            entries = cast("Mapping[object, object]", value).items()
            return {self._key(key, where): self.plain(item, f"{where}[{key!r}]") for key, item in entries}
        if isinstance(value, SharedArray):
            self.shared = True
            return value.view_js()
        if isinstance(value, Transfer):
            return self._moved(value.value)
        return self._buffer(value, where)

    def _key(self, key: object, where: str) -> str:
        if isinstance(key, str):
            return key
        raise NotPlainError(f"{where} has the key {key!r}: the keys of a dict that crosses threads are strings")

    def _moved(self, value: Any) -> Any:
        import js

        self.transfer.append(value.buffer if js.ArrayBuffer.isView(value) else value)
        return value

    def _buffer(self, value: Any, where: str) -> Any:
        from pyodide.ffi import JsProxy, to_js

        if isinstance(value, JsProxy):
            return value
        try:
            view = memoryview(value)
        except TypeError:
            kind = type(value).__qualname__
            raise NotPlainError(
                f"{where} is of {kind}: only plain data, buffers and shared arrays cross threads"
            ) from None
        if view.ndim != 1:
            raise NotPlainError(f"{where} has {view.ndim} dimensions: send it flat, and its shape beside it")
        copy = to_js(view)
        self.transfer.append(copy.buffer)
        return copy


def unpack(data: Any, shared: bool) -> Any:
    """Turn a value that was posted into one of Python: lists, dicts, and a memoryview for each buffer.

    Things of JavaScript stay what they are, and so do shared arrays if it is said that there are some in it.
    """
    from pyodide.ffi import JsProxy

    if not isinstance(data, JsProxy):
        return data
    return _unpack_shared(data) if shared else data.to_py()


def _unpack_shared(data: Any) -> Any:
    """Do what to_py does, but for shared arrays, of which it would make copies."""
    import js
    from pyodide.ffi import JsProxy

    if not isinstance(data, JsProxy):
        return data
    if js.Array.isArray(data):
        return [_unpack_shared(item) for item in data]
    if js.ArrayBuffer.isView(data):
        return SharedArray(data) if data.buffer.constructor.name == "SharedArrayBuffer" else data.to_py()
    if data.constructor.name == "Object":
        return {key: _unpack_shared(item) for key, item in js.Object.entries(data)}
    return data.to_py()
