// Runs gauge_worker.py beside the page: it fills the shared samples while the page draws them.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v0.29.5/full/pyodide.mjs";

const pyodide = await loadPyodide();
const source = await (await fetch("gauge_worker.py")).text();
pyodide.FS.writeFile("/home/pyodide/pause.py", await (await fetch("pause.py")).text());

self.onmessage = ({ data }) => {
  self.samples = data;
  pyodide.runPython(source);
};
