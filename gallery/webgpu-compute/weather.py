"""The temperature between stations, in Python: what the GPU is checked against, and what there is without one."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterator
from importlib.util import find_spec

HAS_NUMPY = (
    find_spec("numpy") is not None
)  # not every page can load it: the standard library does for it
if HAS_NUMPY:
    import numpy as np

NEAR = 1.0  # added to each squared distance, in points: a station does not rule its own point alone

BY = f"numpy {np.__version__}" if HAS_NUMPY else "the standard library"


def stations(count: int, width: int, height: int) -> array[float]:
    """Place COUNT stations on a map: for each its x and y, in points, and its temperature, in degrees Celsius."""
    placed = array("f")
    for _ in range(count):
        x, y = random.uniform(0, width), random.uniform(0, height)
        placed.extend((x, y, 24 - 20 * y / height + random.gauss(0, 3)))
    return placed


def rows(placed: array[float], width: int, height: int) -> Iterator[array[float]]:
    """Compute the map, row by row: each point has the mean of the stations, weighed by the inverse squared distance."""
    row = row_by_numpy if HAS_NUMPY else row_by_itself
    for y in range(height):
        yield row(placed, width, y)


def row_by_itself(placed: array[float], width: int, y: int) -> array[float]:
    """Compute a row with the standard library."""
    each = zip(placed[::3], placed[1::3], placed[2::3], strict=True)
    lines = [(x, (y - line) ** 2 + NEAR, degrees) for x, line, degrees in each]
    row = array("f")
    for point in range(width):
        weights = sum_ = 0.0
        for x, apart, degrees in lines:
            weight = 1 / ((point - x) ** 2 + apart)
            weights += weight
            sum_ += weight * degrees
        row.append(sum_ / weights)
    return row


def row_by_numpy(placed: array[float], width: int, y: int) -> array[float]:
    """Compute a row with numpy."""
    x, line, degrees = (
        np.frombuffer(placed, dtype=np.float32)
        .astype(np.float64)
        .reshape(-1, 3, 1)
        .transpose(1, 0, 2)
    )
    weights = 1 / ((np.arange(width) - x) ** 2 + (y - line) ** 2 + NEAR)
    means = (weights * degrees).sum(axis=0) / weights.sum(axis=0)
    return array("f", means.astype(np.float32).tobytes())
