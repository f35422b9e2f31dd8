"""What crosses threads, and what is refused."""

from __future__ import annotations

from array import array
from datetime import date

import pytest

from bridge.errors import NotPlainError
from bridge.plain import Transfer, pack, unpack
from javascript import JsBuffer, JsProxy, browser


def test_plain_data_comes_out_as_it_went_in() -> None:
    value = {"a": [1, 2.5, "x", None, True], "b": {"c": []}}
    with browser():
        parcel = pack(value, "f")
        assert unpack(parcel.data, parcel.shared) == value
    assert (parcel.transfer, parcel.shared) == ([], False)


def test_a_tuple_arrives_as_a_list() -> None:
    with browser():
        assert unpack(pack((1, (2,)), "f").data, False) == [1, [2]]


def test_the_copy_of_a_buffer_is_moved() -> None:
    with browser():
        parcel = pack({"pixels": b"\x01\x02", "heights": array("d", [0.5])}, "f")
        arrived = unpack(parcel.data, False)
    assert parcel.transfer == [parcel.data.pixels.buffer, parcel.data.heights.buffer]
    assert arrived["pixels"].tolist() == [1, 2]
    assert arrived["heights"].tolist() == [0.5]


def test_a_thing_of_javascript_is_moved_only_if_it_is_said() -> None:
    port, view = JsProxy(), JsBuffer(memoryview(b"1"))
    with browser():
        assert pack([port, view], "f").transfer == []
        parcel = pack([Transfer(port), Transfer(view)], "f")
    assert parcel.transfer == [port, view.buffer]
    assert list(parcel.data) == [port, view]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([{"when": date(2026, 1, 1)}], r"f\[0\]\['when'\] is of date"),
        ({1, 2}, "f is of set"),
        ({"a": {1: 2}}, r"f\['a'\] has the key 1"),
        (memoryview(bytes(4)).cast("B", (2, 2)), "f has 2 dimensions"),
        (print, "f is of builtin_function_or_method"),
    ],
)
def test_what_is_refused_is_named(value: object, message: str) -> None:
    with browser(), pytest.raises(NotPlainError, match=message):
        pack(value, "f")
