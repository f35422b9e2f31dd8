"""Waits for a file that never comes."""

from __future__ import annotations

import time
from pathlib import Path

while not Path("dictionary.txt").exists():
    time.sleep(0.1)
