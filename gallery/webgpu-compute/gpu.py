"""The temperature between stations, by a compute shader: WebGPU as Python calls it, on every version alike."""

from __future__ import annotations

import time
from array import array
from dataclasses import dataclass
from typing import Any

import js
from pyodide.ffi import to_js

GROUP = 8  # a group of the shader is so wide and so high

SHADER = """
struct Station { x: f32, y: f32, degrees: f32 }
@group(0) @binding(0) var<storage, read> stations: array<Station>;
@group(0) @binding(1) var<uniform> size: vec2u;
@group(0) @binding(2) var<storage, read_write> degrees: array<f32>;

@compute @workgroup_size(GROUP, GROUP) fn main(@builtin(global_invocation_id) at: vec3u) {
  if (at.x >= size.x || at.y >= size.y) { return; }
  var weights = 0.0;
  var sum = 0.0;
  for (var i = 0u; i < arrayLength(&stations); i++) {
    let station = stations[i];
    let apart = vec2f(at.xy) - vec2f(station.x, station.y);
    let weight = 1 / (dot(apart, apart) + 1);
    weights += weight;
    sum += weight * station.degrees;
  }
  degrees[at.y * size.x + at.x] = sum / weights;
}
""".replace("GROUP", str(GROUP))


@dataclass(frozen=True)
class Computed:
    """A map, and what it took, in milliseconds."""

    degrees: array[float]
    upload: float
    gpu: float
    download: float


def options(**given: object) -> Any:
    """Make the object that JavaScript takes as options. A dict would be one from Pyodide 0.28 on, and not before."""
    return to_js(given, dict_converter=js.Object.fromEntries)


class Gpu:
    """A GPU that computes maps. It lives until it is closed."""

    def __init__(self, adapter: Any, device: Any, pipeline: Any) -> None:
        """Use what start has set up."""
        info = getattr(adapter, "info", None)
        self.name = (
            info and (info.description or info.architecture)
        ) or "one that does not say its name"
        self._device = device
        self._pipeline = pipeline

    @classmethod
    async def start(cls) -> Gpu | None:
        """Set a GPU up, if the browser has one. A shader that it does not take raises RuntimeError."""
        web_gpu = getattr(js.navigator, "gpu", None)
        adapter = await web_gpu.requestAdapter() if web_gpu else None
        if not adapter:  # null: None, or from Pyodide 0.28 on jsnull; both are false
            return None
        device = await adapter.requestDevice()
        device.pushErrorScope("validation")
        module = device.createShaderModule(options(code=SHADER))
        compute = {"module": module, "entryPoint": "main"}
        pipeline = device.createComputePipeline(options(layout="auto", compute=compute))
        if error := await device.popErrorScope():
            device.destroy()
            raise RuntimeError(error.message)
        return cls(adapter, device, pipeline)

    def close(self) -> None:
        """Give the GPU back."""
        self._device.destroy()

    async def compute(
        self, stations: array[float], width: int, height: int
    ) -> Computed:
        """Compute a map of WIDTH times HEIGHT points. It waits after each step, to tell how long it took."""
        usage, queue = js.GPUBufferUsage, self._device.queue
        length = width * height * 4
        source = self._buffer(len(stations) * 4, usage.STORAGE | usage.COPY_DST)
        size = self._buffer(8, usage.UNIFORM | usage.COPY_DST)
        target = self._buffer(length, usage.STORAGE | usage.COPY_SRC)
        readable = self._buffer(length, usage.MAP_READ | usage.COPY_DST)
        try:
            start = time.perf_counter()
            queue.writeBuffer(
                source, 0, to_js(stations)
            )  # two copies: out of Python, and to the GPU
            queue.writeBuffer(size, 0, to_js(array("I", (width, height))))
            await queue.onSubmittedWorkDone()
            uploaded = time.perf_counter()

            buffers = enumerate((source, size, target))
            entries = [
                {"binding": at, "resource": {"buffer": buffer}}
                for at, buffer in buffers
            ]
            group = options(
                layout=self._pipeline.getBindGroupLayout(0), entries=entries
            )
            commands = self._device.createCommandEncoder()
            work = commands.beginComputePass()
            work.setPipeline(self._pipeline)
            work.setBindGroup(0, self._device.createBindGroup(group))
            work.dispatchWorkgroups(-(-width // GROUP), -(-height // GROUP))
            work.end()
            self._submit(commands)
            await queue.onSubmittedWorkDone()
            computed = time.perf_counter()

            commands = self._device.createCommandEncoder()
            commands.copyBufferToBuffer(target, 0, readable, 0, length)
            self._submit(commands)
            await readable.mapAsync(
                js.GPUMapMode.READ
            )  # until then the memory is not ours to read
            degrees = array("f", readable.getMappedRange().to_bytes())
            readable.unmap()
            downloaded = time.perf_counter()
        finally:
            for buffer in (source, size, target, readable):
                buffer.destroy()
        return Computed(
            degrees,
            upload=(uploaded - start) * 1000,
            gpu=(computed - uploaded) * 1000,
            download=(downloaded - computed) * 1000,
        )

    def _buffer(self, size: int, usage: int) -> Any:
        return self._device.createBuffer(options(size=size, usage=usage))

    def _submit(self, commands: Any) -> None:
        self._device.queue.submit(to_js([commands.finish()]))
