"""The forecast of the harbour office, beside what the gauge measures."""

import asyncio
import queue

import js
from js import document
from pyodide.ffi import run_sync
from pyodide.http import pyfetch


class Forecast:
    """The levels of the next hours, in metres."""

    def __init__(self, address):
        """Follow the buttons that ask for a forecast and end it."""
        self.address = address
        self.levels = queue.Queue()
        self.running = True
        self.output = document.getElementById("forecast")
        document.getElementById("refresh").onclick = lambda event: self.load(6)
        document.getElementById("hours").onchange = self.choose
        document.getElementById("stop").onclick = self.stop

    async def load(self, hours):
        """Ask the harbour office."""
        response = await pyfetch(f"{self.address}?hours={hours}")
        self.levels.put((await response.json())["level"])

    async def show(self):
        """Ask for the next hours and show what comes."""
        task = asyncio.create_task(self.load(6))
        self.output.textContent = f"{self.levels.get(timeout=2):.2f} m"
        await task

    def choose(self, event):
        """Show the hours that somebody chose."""
        response = run_sync(pyfetch(f"{self.address}?hours={event.target.value}"))
        self.output.textContent = response.status_text

    def stop(self, event):
        """Follow it no more."""
        self.running = False

    def follow(self):
        """Let the page tell how old the forecast is."""
        began = js.performance.now()
        while self.running:
            self.output.title = f"{js.performance.now() - began:.0f} ms"


async def main():
    """Show a forecast and follow it."""
    forecast = Forecast("https://harbour.example/forecast")
    await forecast.show()
    forecast.follow()


if __name__ == "__main__":
    asyncio.run(main())
