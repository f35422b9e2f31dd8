// @ts-check
// Starts Python and hands it the page.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const status = /** @type {HTMLOutputElement} */ (document.querySelector("#status"));

document.querySelector("#question")?.addEventListener("submit", (event) => event.preventDefault());
try {
  const pyodide = await loadPyodide();
  for (const file of ["departures.py", "main.py"]) {
    const response = await fetch(file);
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    pyodide.FS.writeFile(file, await response.text());
  }
  const main = pyodide.pyimport("main");
  await main.start();
  main.destroy();
  performance.mark("ready");
} catch (error) {
  status.value = `The board could not be started: ${error}`;
  throw error;
}
