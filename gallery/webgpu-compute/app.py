"""The page: has maps computed, by the GPU and by Python, compares them and shows what it took."""

from __future__ import annotations

import asyncio
import time
from array import array
from typing import Any

import js
import weather
from gpu import Gpu
from pyodide.ffi import JsException, to_js
from pyodide.ffi.wrappers import add_event_listener

WIDTH, HEIGHT = 160, 100
PAUSE = 0.01  # seconds that Python computes before the page gets its turn
WARM = 25.0  # degrees that are all red; 0 is all blue


def at(id: str) -> Any:
    """Get an element of the page, which is there."""
    return js.document.getElementById(id)


async def start() -> None:
    """Set everything up, and compute the first map."""
    gpu = await Gpu.start()
    at("adapter").value = gpu.name if gpu else "none: this browser has no WebGPU"
    at("by").value = weather.BY
    js.window.measured = js.Object.new()

    computing: set[asyncio.Task[None]] = (
        set()
    )  # a task that nothing holds may be collected while it waits

    def submit(event: Any) -> None:
        event.preventDefault()  # at once: an async handler begins when the browser has sent the form already
        task = asyncio.create_task(compute(gpu))
        computing.add(task)
        task.add_done_callback(computing.discard)

    add_event_listener(at("stations"), "submit", submit)
    await compare(gpu)
    at("status").value = "Ready"
    at("compute").disabled = False


async def compute(gpu: Gpu | None) -> None:
    """Compute a map, and say that it was done or what went wrong, such as a GPU that got lost."""
    at("compute").disabled = True
    at("status").value = "Computing…"
    try:
        await compare(gpu)
        at("status").value = "Computed"
    except (JsException, ValueError) as error:
        at("status").value = f"It did not work: {error}"
    at("compute").disabled = False


async def compare(gpu: Gpu | None) -> None:
    """Compute a map by the GPU and by Python, and show what came of it."""
    placed = weather.stations(int(at("count").value), WIDTH, HEIGHT)
    took: dict[str, float] = {}
    by_gpu = None
    if gpu:
        computed = await gpu.compute(placed, WIDTH, HEIGHT)
        by_gpu = computed.degrees
        took = {
            "upload": computed.upload,
            "gpu": computed.gpu,
            "download": computed.download,
        }
        draw(by_gpu)
    degrees, took["python"] = await by_python(placed)
    if by_gpu is None:
        draw(degrees)
    for what, ms in took.items():
        at(what).value = f"{ms:.1f} ms"
        setattr(js.window.measured, what, ms)
    if by_gpu:
        difference = max(abs(a - b) for a, b in zip(by_gpu, degrees, strict=True))
        at("difference").value = f"{difference:.5f} °C"
        js.window.measured.difference = difference
    at("range").value = f"{min(degrees):.1f} °C to {max(degrees):.1f} °C"


async def by_python(placed: array[float]) -> tuple[array[float], float]:
    """Compute the map in Python, with pauses for the page, and say how many milliseconds it took without them."""
    degrees = array("f")
    took = 0.0
    start = time.perf_counter()
    for row in weather.rows(placed, WIDTH, HEIGHT):
        degrees.extend(row)
        if (worked := time.perf_counter() - start) > PAUSE:
            took += worked
            await asyncio.sleep(0)
            start = time.perf_counter()
    return degrees, (took + time.perf_counter() - start) * 1000


def draw(degrees: array[float]) -> None:
    """Draw a map, from blue over white to red."""
    pixels = b"".join(
        PALETTE[max(0, min(255, int(each * 255 / WARM)))] for each in degrees
    )
    data = js.Uint8ClampedArray.new(to_js(pixels).buffer)
    at("map").getContext("2d").putImageData(js.ImageData.new(data, WIDTH, HEIGHT), 0, 0)


def colour(warmth: float) -> bytes:
    """Make the four bytes of a pixel; a warmth of 0.5 is white."""
    cold, warm = min(1.0, 2 - 2 * warmth), min(1.0, 2 * warmth)
    return bytes(
        (round(255 * warm), round(255 * min(cold, warm)), round(255 * cold), 255)
    )


PALETTE = [colour(level / 255) for level in range(256)]
