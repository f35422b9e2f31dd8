"""Runs in the worker: one sample after the other. Here a sleep blocks nobody."""

import math

import js
from pause import pace, settle

settle(0.5)

for i in range(js.samples.length):
    js.samples[i] = math.sin(i / 20)
    pace(0.1)
