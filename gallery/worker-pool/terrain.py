"""Makes islands out of numbers. Runs in the workers, each of which can draw any part of any island."""

from __future__ import annotations

import asyncio
import functools
import math
import random
from array import array

import js
from bridge.worker import export

WIDTH, HEIGHT = 400, 200
OCTAVES = 5
SEA = 0.42
"""The height of the sea, where the lowest place is at 0 and the highest at 1."""
BANDS = [
    (0.30, (22, 50, 79)),
    (0.38, (37, 85, 124)),
    (SEA, (88, 150, 181)),
    (0.45, (226, 208, 160)),
    (0.55, (125, 160, 88)),
    (0.68, (75, 122, 71)),
    (0.82, (128, 112, 94)),
    (2.00, (240, 240, 236)),
]
"""What is up to a height, and its colour."""


@export
def tile(seed: int, left: int, top: int, size: int) -> bytearray:
    """Draw a square of an island: its pixels, four bytes each, row by row."""
    pixels = bytearray()
    for y in range(top, top + size):
        west = height(seed, left - 1, y)
        for x in range(left, left + size):
            here = height(seed, x, y)
            light = 1 + 9 * (here - west) if here > SEA else 1  # the sun is in the west
            pixels += bytes(
                min(255, max(0, int(part * light))) for part in colour(here)
            )
            pixels.append(255)
            west = here
    return pixels


@export
def section(seed: int, left: int, right: int) -> array[float]:
    """Survey an island from west to east through its middle: the heights from LEFT up to RIGHT."""
    return array("d", (height(seed, x, HEIGHT // 2) for x in range(left, right)))


@export
async def crash() -> None:
    """End this worker without a word, as the browser ends one that is out of memory."""
    js.close()
    await asyncio.sleep(60)  # it will not wake up


def colour(height: float) -> tuple[int, int, int]:
    """Say what colour a height has."""
    return next(colour for top, colour in BANDS if height <= top)


def height(seed: int, x: int, y: int) -> float:
    """Say how high a place is: noise, rougher and rougher, that sinks into the sea towards the edges."""
    total, weight, scale = 0.0, 0.5, 1 / 75
    for _ in range(OCTAVES):
        total += weight * noise(seed, x * scale, y * scale)
        weight, scale = weight / 2, scale * 2
    edge = math.hypot((x - WIDTH / 2) / WIDTH, (y - HEIGHT / 2) / HEIGHT) * 2
    return total + 0.25 - 0.6 * edge * edge


def noise(seed: int, x: float, y: float) -> float:
    """Mix the numbers at the four corners around a place."""
    table = lattice(seed)
    column, row = math.floor(x), math.floor(y)
    across, down = x - column, y - row
    across, down = across * across * (3 - 2 * across), down * down * (3 - 2 * down)
    upper, lower = row * 57 + column, (row + 1) * 57 + column
    above = table[upper & 1023] * (1 - across) + table[(upper + 1) & 1023] * across
    below = table[lower & 1023] * (1 - across) + table[(lower + 1) & 1023] * across
    return above * (1 - down) + below * down


@functools.lru_cache
def lattice(seed: int) -> list[float]:
    """Make the numbers that an island is of."""
    chance = random.Random(seed)
    return [chance.random() for _ in range(1024)]
