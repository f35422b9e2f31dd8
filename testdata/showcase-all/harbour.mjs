// Runs archive.py beside the page, for the harbour.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v0.29.5/full/pyodide.mjs";

const pyodide = await loadPyodide();
pyodide.FS.writeFile("/home/pyodide/archive.py", await (await fetch("archive.py")).text());
pyodide.runPython("import archive");
