"""The log: one file for each entry, named by its time, and the draft of the next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kept import KeptFolder

DRAFT = "draft.md"


class Entry(NamedTuple):
    """What happened, and when, in UTC."""

    when: datetime
    text: str

    @classmethod
    def read(cls, file: Path) -> Entry:
        """Read an entry from its file."""
        return cls(datetime.fromisoformat(f"{file.stem}Z"), file.read_text("utf-8"))

    @property
    def name(self) -> str:
        """The entry's file, whose names sort by time."""
        return f"{self.when:%Y%m%dT%H%M%S.%f}.txt"


class Logbook:
    """The entries of a folder. Whoever changes them saves the folder."""

    def __init__(self, folder: KeptFolder) -> None:
        """Read and write the entries of FOLDER, which has been loaded."""
        self.folder = folder

    def files(self) -> list[Path]:
        """List the files of the entries, the newest first."""
        return sorted(self.folder.path.glob("*.txt"), reverse=True)

    def bytes(self) -> int:
        """How many bytes the files have."""
        return sum(file.stat().st_size for file in self.folder.path.iterdir())

    def add(self, entries: Iterable[Entry]) -> None:
        """Write entries."""
        for entry in entries:
            self.folder.write(entry.name, entry.text)

    def clear(self) -> None:
        """Delete all entries."""
        for file in self.files():
            self.folder.delete(file.name)

    @property
    def draft(self) -> str:
        """What was typed and not added yet."""
        file = self.folder.path / DRAFT
        return file.read_text("utf-8") if file.exists() else ""

    @draft.setter
    def draft(self, text: str) -> None:
        self.folder.write(DRAFT, text)
