// @ts-check
// Starts the page: Python, and the three files of the program.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const pyodide = await loadPyodide();
for (const file of ["alive.py", "brew.py", "main.py"]) {
  pyodide.FS.writeFile(`/home/pyodide/${file}`, await (await fetch(file)).text());
}
pyodide.pyimport("main");
