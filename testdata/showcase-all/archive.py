"""Keeps what was measured, and passes it on to the harbour."""

import asyncio
import queue
import statistics
import subprocess
import threading
from pathlib import Path

import js
from pyodide.ffi import create_once_callable

FOLDER = Path("/home/pyodide/tides")


class Archive:
    """The samples of each day, in one file per day."""

    def __init__(self):
        """Start with an empty archive."""
        self.samples = []

    def start(self):
        """Write what has come in, in the background."""
        threading.Thread(target=self.flush, daemon=True).start()

    def flush(self):
        """Write the samples that are not written yet."""
        FOLDER.mkdir(exist_ok=True)
        lines = "\n".join(f"{sample:.2f}" for sample in self.samples)
        (FOLDER / "today.csv").write_text(lines)

    def compress(self, day):
        """Make a day's file smaller."""
        subprocess.run(["gzip", str(FOLDER / f"{day}.csv")], check=True)

    def mean(self):
        """Compute the mean level, without the outliers."""
        deciles = statistics.quantiles(self.samples, n=10)
        kept = [
            sample for sample in self.samples if deciles[0] <= sample <= deciles[-1]
        ]
        return statistics.fmean(kept)

    async def report(self):
        """Show the mean level while the page goes on."""
        level = await asyncio.to_thread(self.mean)
        js.console.log(f"mean level {level:.2f} m")

    async def send(self):
        """Tell the harbour how much was measured."""
        _, writer = await asyncio.open_connection("harbour.example", 7000)
        writer.write(f"{len(self.samples)} samples\n".encode())
        await writer.drain()


def next_sample(worker):
    """Wait for the next sample of a worker."""
    samples = queue.Queue()
    worker.onmessage = lambda event: samples.put(event.data)
    worker.postMessage("sample")
    return samples.get()


def station():
    """Ask for the station, on the page and in its worker."""
    if hasattr(js, "document"):
        return js.document.title
    return input("Which station? ")


archive = Archive()
js.setTimeout(create_once_callable(archive.start), 1000)
