"""Release 1: Naismith's rule, which knows no way down."""

from __future__ import annotations

RELEASE = "1"
METHOD = "Naismith’s rule"


def hours(distance: float, ascent: float) -> float:
    """Work out the hours that a path takes, from its length in km and its ascent in m."""
    return distance / 5 + ascent / 600
