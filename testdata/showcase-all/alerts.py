"""Tells the reader of the page when the water is high."""

import datetime

import js
from pyodide.ffi import create_once_callable, to_js
from pyodide.ffi.wrappers import add_event_listener, remove_event_listener, set_timeout

SOURCES = ["forecast.json", "warnings.json"]


class Alerts:
    """The bell of the page, and what rings it."""

    def __init__(self, bell, limit):
        """Ring a bell above a limit, in metres."""
        self.bell = bell
        self.limit = limit
        self.silenced = False
        add_event_listener(bell, "click", self.silence)
        set_timeout(self.remind(), 60_000)
        bell.addEventListener("keydown", create_once_callable(self.read_aloud))

    def silence(self):
        """Ring no more."""
        self.silenced = True

    def remind(self):
        """Ring again after a while."""
        self.silenced = False

    def read_aloud(self, event):
        """Say what the limit is."""
        text = f"The limit is {self.limit} metres"
        js.speechSynthesis.speak(js.SpeechSynthesisUtterance.new(text))

    def dismiss(self):
        """Take the bell out of use."""
        remove_event_listener(self.bell, "click", lambda event: self.silence())

    def log(self, level):
        """Note a level and when it was read."""
        entry = to_js([datetime.datetime.now(), level])
        js.localStorage.setItem("alert", js.JSON.stringify(entry))


async def load():
    """Load what may ring the bell."""
    return await js.Promise.all([js.fetch(source) for source in SOURCES])
