// @ts-check
// Starts the page: Python, the package `bridge`, and the files of the program.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const WHEEL = "pyodide_ls_bridge-1.0.0-py3-none-any.whl";

const pyodide = await loadPyodide();
pyodide.unpackArchive(await (await fetch(WHEEL)).arrayBuffer(), "wheel");
for (const file of ["tides.py", "before.py", "blocks.py", "view.py", "main.py"]) {
  pyodide.FS.writeFile(`/home/pyodide/${file}`, await (await fetch(file)).text());
}
const main = pyodide.pyimport("main");
await main.main();
main.destroy();
