"""What a stand-in could only repeat: the browser's cryptography, its languages, and what Python makes of its buffers."""

from __future__ import annotations

import hashlib

import js
import pytest
from fingerprint import sha256, size
from pyodide.ffi import JsException, to_js


@pytest.mark.parametrize(
    "content",
    [b"", b"abc", bytes(range(256)) * 4096],
    ids=["nothing", "three bytes", "a megabyte"],
)
async def test_it_is_the_one_of_hashlib(content: bytes) -> None:
    """Every byte arrives, in its order."""
    blob = js.Blob.new(to_js([to_js(content)]))
    assert await sha256(blob) == hashlib.sha256(content).hexdigest()


async def test_what_is_gone_cannot_be_read() -> None:
    """The name of the error is JavaScript's."""
    blob = js.Blob.new()
    blob.arrayBuffer = js.Function.new(
        "return Promise.reject(new DOMException('The file is gone.', 'NotReadableError'))"
    )
    with pytest.raises(JsException) as caught:
        await sha256(blob)
    assert caught.value.name == "NotReadableError"


@pytest.mark.parametrize(
    ("length", "language", "said"),
    [
        (0, "en", "0 byte"),
        (999, "en", "999 byte"),
        (1250, "en", "1.3 kB"),
        (5_430_000, "de", "5,4 MB"),
    ],
)
def test_sizes(length: int, language: str, said: str) -> None:
    """The options have reached JavaScript, on every version."""
    assert size(length, language) == said
