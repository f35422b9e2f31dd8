// The worker: readability.py in a Python of its own. It stands wherever it likes, and finds its files beside it.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const PROGRAM = "readability.py";

const pyodide = await loadPyodide();
pyodide.runPython(await (await fetch(new URL(PROGRAM, import.meta.url))).text(), { filename: PROGRAM });
const rate = pyodide.globals.get("rate");

self.addEventListener("message", ({ data }) => self.postMessage({ rating: rate(data) }));
self.postMessage({
  ready: { address: location.href, origin: self.origin, file: import.meta.url, isolated: crossOriginIsolated },
});
