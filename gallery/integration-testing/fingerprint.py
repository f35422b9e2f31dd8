"""The fingerprint of a file, by the browser's cryptography, and its size in the words of a language."""

from __future__ import annotations

from typing import Any

import js

UNITS = (("byte", 1), ("kilobyte", 10**3), ("megabyte", 10**6), ("gigabyte", 10**9))


async def sha256(blob: Any) -> str:
    """Compute the SHA-256 of a Blob or File. Raises JsException with the name NotReadableError if that is gone."""
    digest = await js.crypto.subtle.digest("SHA-256", await blob.arrayBuffer())
    return str(digest.to_bytes().hex())


def grouped(print: str) -> str:
    """Write a fingerprint so that people can compare it."""
    return " ".join(print[at : at + 8] for at in range(0, len(print), 8))


def size(length: int, language: str) -> str:
    """Write a length in bytes as its readers do."""
    unit, factor = next(
        pair for pair in reversed(UNITS) if length >= pair[1] or pair[1] == 1
    )
    numbers = js.Intl.NumberFormat.new(
        language, style="unit", unit=unit, maximumFractionDigits=1
    )
    return str(numbers.format(length / factor))
