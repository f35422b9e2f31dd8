"""The darkroom: Python as it would be anywhere. It knows nothing of workers, messages or JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakSet

RGBA = 4
WHITE = 255

_kept: WeakSet[Negative] = WeakSet()


class Negative:
    """A picture that was taken: it comes here once, and is developed as often as one likes."""

    def __init__(self, pixels: memoryview, width: int) -> None:
        """Keep the grey of PIXELS, which are red, green, blue and opacity, row by row, WIDTH of them in each."""
        self.width = width
        red, green, blue = (bytes(pixels[colour::RGBA]) for colour in range(3))
        self.grey = bytes(
            (2 * r + 5 * g + b) // 8 for r, g, b in zip(red, green, blue, strict=True)
        )
        _kept.add(self)

    def brightness(self) -> float:
        """Say how bright the picture is, from 0 to 1. A picture that is all black raises ValueError."""
        mean = sum(self.grey) / len(self.grey) / WHITE
        if mean == 0:
            raise ValueError("the picture is all black")
        return mean

    def develop(self, gamma: float, tell: Callable[[float], object]) -> bytes:
        """Make dots of the picture, as dark where they are dense as it is, and return their pixels.

        Each dot's error is made good by its neighbours (Floyd and Steinberg). TELL hears what part is done, from 0 to
        1. A gamma that is not above 0 raises ValueError.
        """
        if not gamma > 0:
            raise ValueError(f"gamma has to be above 0, and is {gamma:g}")
        tones = [WHITE * (level / WHITE) ** (1 / gamma) for level in range(WHITE + 1)]
        dots = bytearray()
        below = [0.0] * (self.width + 2)
        rows = len(self.grey) // self.width
        for row in range(rows):
            here, below = below, [0.0] * (self.width + 2)
            ahead = 0.0
            for x, level in enumerate(
                self.grey[row * self.width : (row + 1) * self.width], start=1
            ):
                tone = tones[level] + here[x] + ahead
                dot = WHITE if tone > WHITE / 2 else 0
                error = (tone - dot) / 16
                ahead = 7 * error
                below[x - 1] += 3 * error
                below[x] += 5 * error
                below[x + 1] += error
                dots.append(dot)
            if row % 20 == 19:
                tell((row + 1) / rows)
        pixels = bytearray([WHITE]) * (len(dots) * RGBA)
        for colour in range(3):
            pixels[colour::RGBA] = dots
        return bytes(pixels)


def kept() -> int:
    """Count the negatives that somebody still holds."""
    return len(_kept)


def size(data: memoryview) -> int:
    """Say how many bytes have come."""
    return data.nbytes


def nothing() -> None:
    """Do nothing: what is left is what a call costs."""
