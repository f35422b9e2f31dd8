"""A letter that is being written. Nothing here needs a browser, or anything that stands in for one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

PACE = 200  # words that are read in a minute


@dataclass(frozen=True, slots=True)
class Draft:
    """A text, and when it was saved."""

    text: str
    saved: datetime


def encode(draft: Draft) -> str:
    """Write a draft as text."""
    return json.dumps({"text": draft.text, "saved": draft.saved.isoformat()})


def decode(stored: object) -> Draft | None:
    """Read a draft. There is none in what is no text (a browser's answer for nothing), and none in a text that is broken."""
    if not isinstance(stored, str):
        return None
    try:
        entry = json.loads(stored)
        return Draft(str(entry["text"]), datetime.fromisoformat(entry["saved"]))
    except (ValueError, KeyError, TypeError):
        return None


def length(text: str) -> str:
    """Say how long a text is, and how long it takes to read."""
    words = len(text.split())
    minutes = timedelta(minutes=words / PACE) // timedelta(minutes=1)
    return f"{words} {'word' if words == 1 else 'words'}, {f'{minutes} min' if minutes else 'under a minute'} to read"
