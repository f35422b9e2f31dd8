"""A widget of Python's: colours that go together. It needs an element for itself, and knows nothing of React."""

from __future__ import annotations

from colorsys import hls_to_rgb
from typing import Any

from bridge import listen, release_group
from js import document

STEPS = {
    "neighbours": (-0.12, -0.06, 0.0, 0.06, 0.12),
    "opposites": (0.0, 0.02, 0.04, 0.5, 0.54),
    "thirds": (0.0, 0.03, 0.333, 0.667, 0.7),
}
"""How far the five hues of a harmony are from the first one, in turns of the wheel."""

LIGHTNESS = (0.34, 0.46, 0.58, 0.7, 0.82)


class Palette:
    """Five swatches in an element, from its beginning to `end`."""

    def __init__(self, place: Any, changed: Any, picked: Any) -> None:
        """Begin in an empty element. `changed` gets all colours in one text, `picked` the one that was clicked."""
        self._place, self._changed, self._picked = place, changed, picked
        self._colours: list[str] = []
        self._swatches = [self._swatch(n) for n in range(len(LIGHTNESS))]

    def _swatch(self, n: int) -> Any:
        button = document.createElement("button")
        button.type = "button"
        listen(button, "click", lambda _: self._picked(self._colours[n]), group=self)
        self._place.append(button)
        return button

    def show(self, hue: float, harmony: str) -> None:
        """Show the harmony of a hue, in degrees. Raises KeyError for a harmony that is none."""
        colours = []
        for step, lightness in zip(STEPS[harmony], LIGHTNESS, strict=True):
            parts = hls_to_rgb((hue / 360 + step) % 1, lightness, 0.6)
            colours.append("#" + "".join(f"{round(255 * part):02x}" for part in parts))
        if colours == self._colours:
            return
        self._colours = colours
        for swatch, colour, lightness in zip(
            self._swatches, colours, LIGHTNESS, strict=True
        ):
            swatch.style.background = colour
            swatch.style.color = "black" if lightness > 0.5 else "white"
            swatch.textContent = colour
        self._changed(" ".join(colours))

    def end(self) -> None:
        """Take back what it did to the page. Nothing of it is used behind this."""
        release_group(self)
        self._place.replaceChildren()
