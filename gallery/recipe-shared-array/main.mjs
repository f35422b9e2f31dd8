// @ts-check
// Starts the page: Python, the package `bridge`, the chart as a module of Python, and the files of the program.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";
import { draw, HEIGHT, sounded, WIDTH } from "./chart.mjs";

const WHEEL = "pyodide_ls_bridge-1.0.0-py3-none-any.whl";

const pyodide = await loadPyodide();
pyodide.unpackArchive(await (await fetch(WHEEL)).arrayBuffer(), "wheel");
pyodide.registerJsModule("chart", { draw, HEIGHT, sounded, WIDTH });
for (const file of ["memory.py", "ways.py", "main.py"]) {
  pyodide.FS.writeFile(`/home/pyodide/${file}`, await (await fetch(file)).text());
}
const main = pyodide.pyimport("main");
await main.main();
main.destroy();
