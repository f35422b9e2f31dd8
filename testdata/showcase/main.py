"""The page: buttons, a worker that measures, and a chart that follows it."""

import time

import js
from chart import Chart
from gauge import Gauge
from js import document
from pause import settle
from pyodide.ffi import create_proxy

gauge = Gauge(capacity=256)
chart = Chart(document.getElementById("chart"), gauge)


def measure(event):
    """Ask the worker for samples and wait until the first have come."""
    gauge.start()
    settle(2)
    document.getElementById("level").textContent = f"{gauge.latest():.2f} m"


async def save(event):
    """Let the button show that it works before the picture is made."""
    event.target.disabled = True
    time.sleep(0.5)
    chart.canvas.toBlob(chart.download)
    event.target.disabled = False


document.getElementById("measure").addEventListener("click", measure)

save_proxy = create_proxy(save)
document.getElementById("save").addEventListener("click", save_proxy)

js.setTimeout(lambda: chart.draw(), 250)
