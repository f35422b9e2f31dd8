"""The buoy outside the harbour: its worker and the page meet in shared memory."""

import js

READY = 0
SAMPLES = 1
ALARMS = 2


class Buoy:
    """What the buoy says of itself, and how many of its alarms were seen."""

    def __init__(self):
        """Make room for four numbers and a name."""
        self.memory = js.SharedArrayBuffer.new(48)
        self.state = js.Int32Array.new(self.memory, 0, 4)
        self.name = js.Uint8Array.new(self.memory, 16, 32)
        self.worker = js.Worker.new("buoy.mjs", type="module")

    def connect(self):
        """Give the worker the memory, and wait until it has begun."""
        self.worker.postMessage(self.memory, [self.memory])
        while self.state[READY] == 0:
            pass

    def next_sample(self):
        """Wait for a sample, and count from none again."""
        js.Atomics.wait(self.state, SAMPLES, 0)
        return js.Atomics.exchange(self.state, SAMPLES, 0)

    def label(self):
        """Read the name that the worker has written."""
        return js.TextDecoder.new().decode(self.name)

    def acknowledge(self):
        """Count an alarm as seen."""
        self.state[ALARMS] += 1
