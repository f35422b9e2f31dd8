// The worker: factors.py in a Python of its own.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const PROGRAM = "factors.py";

const pyodide = await loadPyodide();
pyodide.runPython(await (await fetch(PROGRAM)).text(), { filename: PROGRAM });
const factor = pyodide.globals.get("factor");

self.addEventListener("message", ({ data }) => {
  if (data.signal) pyodide.setInterruptBuffer(data.signal);
  else self.postMessage({ answer: factor(data.digits, () => self.postMessage({ begun: true })) });
});
self.postMessage({ answer: "ready" });
