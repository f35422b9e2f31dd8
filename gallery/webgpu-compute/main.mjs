// Loads Python, with numpy if it can be had, and leaves the page to it.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const pyodide = await loadPyodide();
try {
  await pyodide.loadPackage("numpy");
} catch (error) {
  console.info("It goes on without numpy:", error);
}
for (const name of ["weather.py", "gpu.py", "app.py"]) {
  pyodide.FS.writeFile(`/home/pyodide/${name}`, await (await fetch(name)).text());
}
await pyodide.pyimport("app").start();
