"""What the recipe began with, as far as it still can be run: the work on the page's own thread."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import tides


def whole(
    mean: float, parts: Sequence[Sequence[float]], begin: int, days: int
) -> list[tides.Waters]:
    """Predict all high waters at once. Raises ValueError as `tides.high_waters` does."""
    # pyodide-ls: ignore[banned-call] the page measures here what the ban is for
    return list(tides.high_waters(mean, parts, begin, days))


async def predict(
    mean: float, parts: Sequence[Sequence[float]], begin: int, days: int
) -> list[tides.Waters]:
    """Predict in what looks like another thread and is none. Raises ValueError as `tides.high_waters` does."""
    # pyodide-ls: ignore[fake-offload] the page shows what comes of it
    return await asyncio.to_thread(whole, mean, parts, begin, days)
