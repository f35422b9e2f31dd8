"""Counts the words of each text that the page sends, and answers with a sentence. Runs in the worker."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import js
from pyodide.ffi.wrappers import add_event_listener


def describe(text: str) -> str:
    """Say how many words a text has, and which comes most often."""
    words = Counter(re.findall(r"\w+", text.lower()))
    if not words:
        return "No words"
    [(most, times)] = words.most_common(1)
    return (
        f"{words.total()} words, {len(words)} different; most often: {most} ({times})"
    )


def answer(event: Any) -> None:
    """Describe the text that has come."""
    js.postMessage(describe(event.data))


add_event_listener(js.self, "message", answer)
