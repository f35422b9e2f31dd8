"""Says how easy an English text is to read, by the formula of Rudolf Flesch (1948). Runs in the worker."""

from __future__ import annotations

import re
from typing import Any

import js
from pyodide.ffi import to_js

LEVELS = [
    (90, "very easy: a child of eleven reads it"),
    (60, "plain English"),
    (30, "difficult: it wants a patient reader"),
    (-1000, "very difficult: it was written for scholars"),
]
"""From which score on a text is how easy."""


def rate(text: str) -> Any:
    """Count the words, sentences and syllables of a text, and give its score, from 0 for the hardest to 100.

    The formula goes beyond both ends, where nothing is to be told apart any more. Without a word there is no score.
    """
    words = re.findall(r"[a-z']+", text.lower())
    sentences = len(re.findall(r"[.!?]+(?:\s|$)", text.strip() + ".")) or 1
    if not words:
        return None
    count = sum(map(syllables, words))
    score = 206.835 - 1.015 * len(words) / sentences - 84.6 * count / len(words)
    level = next(level for least, level in LEVELS if score >= least)
    rating = {
        "words": len(words),
        "sentences": sentences,
        "syllables": count,
        "score": max(0, min(100, round(score))),
        "level": level,
    }
    return to_js(rating, dict_converter=js.Object.fromEntries)


def syllables(word: str) -> int:
    """Guess how many syllables a word has: groups of vowels, without an e that is silent."""
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee"))
    return max(1, groups - silent)
