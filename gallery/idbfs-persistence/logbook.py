"""The log: one file for each entry, named by its time, and the draft of the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kept import KeptFolder

DRAFT = "draft.md"
_NAMED = "%Y%m%dT%H%M%S%fZ.txt"


@dataclass(frozen=True)
class Entry:
    """What happened, and when, in UTC."""

    when: datetime
    text: str

    @classmethod
    def read(cls, file: Path) -> Entry:
        """Read an entry from its file."""
        return cls(
            datetime.strptime(file.name, _NAMED).replace(tzinfo=UTC),
            file.read_text("utf-8"),
        )

    @property
    def name(self) -> str:
        """The entry's file."""
        return self.when.strftime(_NAMED)


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
