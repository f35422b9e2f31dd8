"""Draws the samples, one frame after the other."""

import js
from pyodide.ffi.wrappers import add_event_listener


class Chart:
    """A line on a canvas."""

    def __init__(self, canvas, gauge):
        """Follow a gauge on a canvas."""
        self.canvas = canvas
        self.gauge = gauge
        self.running = True
        add_event_listener(js.window, "pagehide", self.stop)

    def stop(self, event):
        """Draw no more."""
        self.running = False

    def draw(self, *timestamp):
        """Draw one frame and ask for the next."""
        context = self.canvas.getContext("2d")
        context.clearRect(0, 0, self.canvas.width, self.canvas.height)
        context.beginPath()
        for x, level in enumerate(self.gauge.levels()):
            context.lineTo(x * 2.5, 80 - level * 40)
        context.stroke()
        if self.running:
            js.requestAnimationFrame(self.draw)

    def download(self, blob):
        """Save the picture."""
        link = js.document.createElement("a")
        link.href = js.URL.createObjectURL(blob)
        link.download = "tide.png"
        link.click()
