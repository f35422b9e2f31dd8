"""In the worker: looks for a better order, one round at each call."""

from __future__ import annotations

from pyscript import sync
from seating import improve, wishes_in

SWAPS = 600
"""How many swaps a round tries: some 50 ms of work, so that the page hears soon what there is."""


def search(text: str, order: str, heat: float) -> str:
    """Improve an order, a guest on each line. Only texts and numbers cross, which every release copies alike."""
    return "\n".join(improve(wishes_in(text), order.splitlines(), heat, SWAPS))


sync.search = search
