"""A text field that saves itself. Nothing here imports JavaScript: what is needed of it is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import draft

KEY = "letter"
PAUSE = 600  # ms without a key until the text is saved


@dataclass(frozen=True)
class Browser:
    """What is used of JavaScript: the real one on a page, a stand-in in a test. contract.py says what it must do."""

    window: Any
    create_proxy: Callable[[Callable[..., object]], Any]
    JsException: type[Exception]


class Autosave:
    """Keeps what is typed into a field, in the storage of the browser, until it is closed."""

    def __init__(
        self,
        browser: Browser,
        field: Any,
        tell: Callable[[str], object],
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """Bring back what was kept, and follow the field. TELL is called with each thing that its user should know."""
        self._browser = browser
        self._window = browser.window
        self._field = field
        self._tell = tell
        self._now = now
        self._timer: int | None = None
        self._on_input = browser.create_proxy(self._typed)
        self._on_pause = browser.create_proxy(self._save)
        kept = draft.decode(self._window.localStorage.getItem(KEY))
        if kept is not None:
            field.value = kept.text
            tell(f"Brought back from {kept.saved:%H:%M}")
        field.addEventListener("input", self._on_input)
        self._window.addEventListener("pagehide", self._on_pause)

    def discard(self) -> None:
        """Forget the text, here and in the storage."""
        self._stop()
        self._field.value = ""
        self._window.localStorage.removeItem(KEY)
        self._tell("Discarded")

    def close(self) -> None:
        """Save what is not saved yet, and let go of the field."""
        self._save()
        self._field.removeEventListener("input", self._on_input)
        self._window.removeEventListener("pagehide", self._on_pause)
        self._on_input.destroy()
        self._on_pause.destroy()

    def _typed(self, event: Any) -> None:
        self._stop()
        self._timer = self._window.setTimeout(self._on_pause, PAUSE)
        self._tell("Typing…")

    def _save(self, event: Any = None) -> None:
        """Save, if something waits for it: a pause, the end of the page, or of this."""
        if self._timer is None:
            return
        self._stop()
        kept = draft.Draft(self._field.value, self._now())
        try:
            self._window.localStorage.setItem(KEY, draft.encode(kept))
        except self._browser.JsException as error:
            if getattr(error, "name", "") != "QuotaExceededError":
                raise
            self._tell("Not saved: the browser has no room left")
        else:
            self._tell(f"Saved at {kept.saved:%H:%M}")

    def _stop(self) -> None:
        if self._timer is not None:
            self._window.clearTimeout(self._timer)
            self._timer = None
