"""Samples in shared memory, filled by a worker."""

import js


class Gauge:
    """The latest samples of the tide, in metres."""

    def __init__(self, capacity):
        """Make room for a number of samples."""
        self.samples = js.Float32Array.new(js.SharedArrayBuffer.new(capacity * 4))
        self.worker = None

    def start(self):
        """Start the worker that fills the samples."""
        self.worker = js.Worker.new("worker.mjs", type="module")
        self.worker.postMessage(self.samples)

    def levels(self):
        """Copy the samples out of shared memory."""
        return self.samples.to_py()

    def latest(self):
        """Read the newest sample."""
        return self.samples[0]
