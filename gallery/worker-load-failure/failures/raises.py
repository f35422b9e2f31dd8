"""Needs a file that nobody has put there."""

from __future__ import annotations

from pathlib import Path

words = Path("dictionary.txt").read_text(encoding="utf-8").split()
