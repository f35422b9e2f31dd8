"""The table as a picture, which `display` of PyScript shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, sin, tau

from seating import Wish, broken

CHAIRS, RIM = 160, 125
"""How far chairs and ends of lines are from the middle, of 200."""


@dataclass(frozen=True)
class Table:
    """A table with guests around it."""

    order: Sequence[str]
    wishes: Sequence[Wish]

    def _place(self, guest: str, radius: float) -> tuple[float, float]:
        turn = tau * self.order.index(guest) / len(self.order)
        return radius * sin(turn), -radius * cos(turn)

    def _lines(self) -> Iterator[str]:
        missed = broken(self.wishes, self.order)
        for wish in self.wishes:
            if wish.guest not in self.order or wish.other not in self.order:
                continue
            if wish in missed or wish.beside:
                (x1, y1), (x2, y2) = (
                    self._place(guest, RIM) for guest in (wish.guest, wish.other)
                )
                kind = "broken" if wish in missed else "kept"
                yield f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'

    def _names(self) -> Iterator[str]:
        for guest in self.order:
            x, y = self._place(guest, CHAIRS)
            # What people typed is text, and markup nowhere.
            yield f'<text x="{x:.1f}" y="{y:.1f}">{escape(guest)}</text>'

    def _repr_svg_(self) -> str:
        """Draw it. PyScript, like notebooks, looks for a method of this name."""
        drawn = "".join([*self._lines(), *self._names()])
        return f'<svg viewBox="-200 -185 400 370"><circle r="{RIM + 10}"/>{drawn}</svg>'
