"""What is pure needs nothing: a value goes in, and a value comes out."""

from __future__ import annotations

from datetime import datetime

import pytest
from draft import Draft, decode, encode, length

LETTER = Draft("Dear Ada,\n“the engine” works 🙂", datetime(2026, 5, 1, 9, 30))


def test_a_draft_comes_back_as_it_was() -> None:
    """Whatever is in it."""
    assert decode(encode(LETTER)) == LETTER


@pytest.mark.parametrize(
    "stored", ["", "{", "[]", "7", '{"text": "a"}', '{"text": "a", "saved": 5}']
)
def test_what_is_broken_is_no_draft(stored: str) -> None:
    """Somebody else wrote it, or an older version of the page: the letter begins anew, and the page starts."""
    assert decode(stored) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (0, "0 words, under a minute to read"),
        (1, "1 word, under a minute to read"),
        (199, "199 words, under a minute to read"),
        (400, "400 words, 2 min to read"),
    ],
)
def test_length(words: int, said: str) -> None:
    """A minute counts when it is full."""
    assert length("word " * words) == said
