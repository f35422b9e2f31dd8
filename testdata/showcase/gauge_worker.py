# pyodide-ls: realm=worker
"""Runs in the worker: one sample after the other. Here a sleep blocks nobody."""

import math
import time

import js

for i in range(js.samples.length):
    js.samples[i] = math.sin(i / 20)
    time.sleep(0.1)
