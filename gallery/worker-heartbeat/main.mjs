// @ts-check
// Starts the page: Python, the package `bridge`, and the two files of the program.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const WHEEL = "pyodide_ls_bridge-1.0.0-py3-none-any.whl";

const pyodide = await loadPyodide();
pyodide.unpackArchive(await (await fetch(WHEEL)).arrayBuffer(), "wheel");
for (const file of ["watch.py", "main.py"]) {
  pyodide.FS.writeFile(`/home/pyodide/${file}`, await (await fetch(file)).text());
}
pyodide.pyimport("main");
