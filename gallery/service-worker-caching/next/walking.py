"""Release 2: DIN 33466, which counts the way down too."""

from __future__ import annotations

RELEASE = "2"
METHOD = "DIN 33466"


def hours(distance: float, ascent: float, descent: float) -> float:
    """Work out the hours that a path takes, from its length in km and its ascent and descent in m."""
    along, upright = distance / 4, ascent / 300 + descent / 500
    return max(along, upright) + min(along, upright) / 2
