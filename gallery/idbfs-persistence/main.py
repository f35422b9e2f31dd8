"""The page of the log: what is typed, what is shown, and whether it is saved."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import js
from kept import SAVED, KeptFolder, NotKept
from logbook import Entry, Logbook
from pyodide.ffi import to_js
from pyodide.ffi.wrappers import add_event_listener

SHOWN = 6
WEATHER = (
    "Wind north-west 4, sea slight",
    "Fog until ten, then clear",
    "High water at noon",
    "Swell from the south",
)


class Page:
    """The log in the page."""

    def __init__(self) -> None:
        """Mount the log's folder, which is not loaded yet."""
        self.log = Logbook(KeptFolder("/log", self.tell))
        self.forgotten: set[str] = set()
        self.running: set[asyncio.Task[None]] = set()
        self.measured: dict[str, float] = {}

    async def open(self) -> None:
        """Load the log and let the user at it. Raises NotKept."""
        await self.log.folder.load()
        self.measured["load"] = self.log.folder.took
        text = _element("text")
        text.value = self.log.draft
        add_event_listener(text, "input", self.typed)
        add_event_listener(_element("new"), "submit", self.add)
        for name in ("again", "year", "clear", "forget", "persist"):
            add_event_listener(_element(name), "click", getattr(self, name))
        add_event_listener(js.document, "visibilitychange", self.hidden)
        for control in js.document.querySelectorAll("textarea, button"):
            control.disabled = False
        self.show_entries()
        await self.show_numbers()

    def tell(self, state: str) -> None:
        """Show whether all is saved."""
        if state == SAVED:
            self.forgotten.clear()  # a save takes the whole folder
        _element("state").value = state
        _element("again").hidden = not state.startswith("Could not")

    def typed(self, event: Any) -> None:
        """Keep what is typed, in memory at once and in the database when the typing rests."""
        self.log.draft = event.target.value
        self.log.folder.save_soon(self.start_saving)

    def add(self, event: Any) -> None:
        """Make an entry of what was typed."""
        event.preventDefault()
        text = _element("text")
        if entry := text.value.strip():
            self.log.add([Entry(datetime.now(UTC), entry)])
            text.value = self.log.draft = ""
            self.start_saving()

    def again(self, event: Any) -> None:
        """Save what could not be saved."""
        self.start_saving()

    async def year(self, event: Any) -> None:
        """Write an entry for each day of a year, to see what many files cost."""
        today = datetime.now(UTC)
        for week in range(53):
            days = range(week * 7, min(week * 7 + 7, 365))
            self.log.add(
                Entry(today - timedelta(days=day), f"{WEATHER[day % len(WEATHER)]}.")
                for day in days
            )
            await asyncio.sleep(0)  # the page goes on between the weeks
        await self.save()
        self.measured["save_year"] = self.log.folder.took
        self.publish()

    def clear(self, event: Any) -> None:
        """Delete the entries."""
        self.log.clear()
        self.start_saving()

    def forget(self, event: Any) -> None:
        """Do it wrong: write to the folder, and let nobody know who would save it."""
        entry = Entry(datetime.now(UTC), "Nobody has saved this.")
        (self.log.folder.path / entry.name).write_text(entry.text, "utf-8")
        self.forgotten.add(entry.name)
        self.show_entries()

    async def persist(self, event: Any) -> None:
        """Ask the browser not to throw the log away when space gets short. Some ask their user."""
        await js.navigator.storage.persist()
        await self.show_numbers()

    def hidden(self, event: Any) -> None:
        """Save at once when the reader turns to something else. A page that is closed may get no time for it."""
        if js.document.visibilityState == "hidden":
            self.start_saving()

    def start_saving(self) -> None:
        """Begin to save, and do not wait for it."""
        task = asyncio.create_task(self.save())
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def save(self) -> None:
        """Save, and show how it went. A failure stays in sight until a save succeeds."""
        self.show_entries()
        try:
            await self.log.folder.save()
        except NotKept:
            return  # tell has shown it
        self.measured["save"] = self.log.folder.took
        self.show_entries()
        await self.show_numbers()

    def show_entries(self) -> None:
        """Show the newest entries."""
        files = self.log.files()
        count, entries = _element("count"), _element("entries")
        count.value = f"{len(files)} entries" if len(files) != 1 else "1 entry"
        entries.start = len(files)
        entries.replaceChildren(
            *(self.item(Entry.read(file)) for file in files[:SHOWN])
        )

    async def show_numbers(self) -> None:
        """Show what was measured, and what the browser says of its space."""
        storage = js.navigator.storage
        estimate = await storage.estimate()
        kept = await storage.persisted()
        numbers = self.measured
        numbers |= {
            "entries": len(self.log.files()),
            "bytes": self.log.bytes(),
            "usage": estimate.usage,
        }
        _element("loaded").value = f"{numbers['load']:.0f} ms"
        _element("took").value = (
            f"{numbers['save']:.0f} ms" if "save" in numbers else "–"
        )
        _element("bytes").value = f"{numbers['bytes']:,} bytes"
        _element("usage").value = f"{estimate.usage / 1024:,.0f} KiB"
        _element("quota").value = f"{estimate.quota / 1024**2:,.0f} MiB"
        _element("persisted").value = (
            "it is kept" if kept else "the browser may delete it"
        )
        self.publish()

    def item(self, entry: Entry) -> Any:
        """Make the line of an entry. Its text stays text, whatever is in it."""
        item = js.document.createElement("li")
        item.textContent = f"{entry.when:%Y-%m-%d %H:%M} UTC: {entry.text}"
        if entry.name in self.forgotten:
            mark = js.document.createElement("strong")
            mark.textContent = " (in memory only)"
            item.append(mark)
        return item

    def publish(self) -> None:
        """Hand the numbers to whoever measures the page."""
        js.measured = to_js(self.measured, dict_converter=js.Object.fromEntries)


def _element(name: str) -> Any:
    """Find an element of the page by its id."""
    return js.document.getElementById(name)


async def start() -> None:
    """Open the log in the page."""
    status = _element("status")
    try:
        await Page().open()
    except NotKept as error:
        # Nothing may be written now: to save it would delete what could not be read.
        status.value = (
            f"The log could not be read: {error}. Reload the page to try again."
        )
        return
    status.value = "Ready"
