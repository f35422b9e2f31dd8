"""The tides of the last days, kept in one piece of memory beside the samples."""

from array import array

import js
from pyodide.ffi import create_proxy
from pyodide.http import open_url

HEADER = 4  # bytes
HOURS = 48


class Tides:
    """High and low water by the hour, in shared memory with a header."""

    def __init__(self):
        """Lay out the header and the levels behind it."""
        self.memory = js.SharedArrayBuffer.new(HEADER + HOURS * 8)
        self.count = js.Int32Array.new(self.memory, 0, 1)
        self.levels = js.Float64Array.new(self.memory, HEADER, HOURS)
        self.marks = js.Float32Array.new(HOURS)

    def record(self, hour, level):
        """Note the level of an hour, mark the hour, and count it."""
        self.levels[hour] = level
        js.Atomics.add(self.marks, hour, 1)
        js.Atomics.add(self.count, 0, 1)

    def correct(self, hour, level):
        """Put right what was measured in an hour."""
        marks = self.marks.to_py()
        marks[hour] = level

    def download(self):
        """Ask for the tables of the year."""
        return open_url("tables.csv").read().splitlines()

    def restore(self, millimetres):
        """Take over what an earlier visit has stored, an hour each."""
        self.marks.assign(array("i", millimetres))

    def export(self):
        """Give all of it as bytes, to be saved."""
        return self.memory.to_bytes()


def paint(context, pixels, width):
    """Put pixels that Python has made on a canvas."""
    buffer = create_proxy(pixels).getBuffer("u8clamped")
    context.putImageData(js.ImageData.new(buffer.data, width), 0, 0)
