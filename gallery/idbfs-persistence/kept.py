"""A folder whose files the browser keeps, and what is known of whether it has them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import js
from pyodide.ffi import create_once_callable
from pyodide_js import FS

SAVED = "Saved"
UNSAVED = "Not yet saved"
SAVING = "Saving…"


class NotKept(OSError):
    """The browser has not taken the files, or has not given them out. They are still in memory."""


class KeptFolder:
    """A folder in memory, as all of Pyodide's are, that is copied from and to the browser's database (IDBFS)."""

    def __init__(self, path: str, tell: Callable[[str], None]) -> None:
        """Mount the folder at PATH, empty until it is loaded. TELL is told of each change of its state."""
        self.path = Path(path)
        self.took = 0.0
        self._tell = tell
        self._alone = asyncio.Lock()
        self._written = 0
        self._saved = 0
        self._timer: asyncio.TimerHandle | None = None
        FS.mkdirTree(path)
        FS.mount(FS.filesystems.IDBFS, js.Object.new(), path)

    async def load(self) -> None:
        """Copy what was saved before into memory.

        Comes before all else: loading throws away what is in memory, and saving what was not loaded deletes it from
        the database. Raises NotKept.
        """
        async with self._alone:
            self.took = await _sync(populate=True)
        self._tell(SAVED)

    def write(self, name: str, text: str) -> None:
        """Write a file, in memory: save or save_soon must follow."""
        (self.path / name).write_text(text, "utf-8")
        self._changed()

    def delete(self, name: str) -> None:
        """Delete a file, in memory: save or save_soon must follow."""
        (self.path / name).unlink(missing_ok=True)
        self._changed()

    async def save(self) -> None:
        """Return when all that was written before the call is in the database. Raises NotKept.

        Saves that are asked for while one goes on wait for it, and the next one takes along what they have written.
        """
        if self._timer:
            self._timer.cancel()  # it would save what is saved now
        wanted = self._written
        async with self._alone:
            if self._saved >= wanted:
                return
            begun = self._written
            self._tell(SAVING)
            try:
                self.took = await _sync(populate=False)
            except NotKept as error:
                self._tell(f"Could not be saved: {error}")
                raise
            self._saved = begun
            self._tell(SAVED if self._written == begun else UNSAVED)

    def save_soon(self, save: Callable[[], None], seconds: float = 0.4) -> None:
        """Call SAVE when nobody has asked for it again for some time, so that not every key that is hit saves."""
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, save)

    def _changed(self) -> None:
        self._written += 1
        self._tell(UNSAVED)


async def _sync(*, populate: bool) -> float:
    """Copy the mounted folders from the database (POPULATE) or to it. Gives the milliseconds it took."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def finish(error: Any) -> None:
        if error:  # null otherwise, which is None or jsnull, and false as either
            done.set_exception(NotKept(getattr(error, "message", "") or str(error)))
        else:
            done.set_result(None)

    began = perf_counter()
    FS.syncfs(populate, create_once_callable(finish))
    await done
    return (perf_counter() - began) * 1000
