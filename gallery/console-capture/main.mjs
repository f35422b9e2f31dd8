// @ts-check
// Starts Python and hands it the page. What Python prints goes to the console, and says where it came from.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const status = /** @type {HTMLOutputElement} */ (document.querySelector("#status"));
/** @type {HTMLFormElement} */ (document.querySelector("#expenses")).onsubmit = (event) => event.preventDefault();

try {
  const pyodide = await loadPyodide({
    stdout: (/** @type {string} */ line) => console.log("[stdout]", line),
    stderr: (/** @type {string} */ line) => console.warn("[stderr]", line),
  });
  for (const file of ["expenses.py", "main.py"]) {
    const response = await fetch(file);
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    pyodide.FS.writeFile(file, await response.text());
  }
  pyodide.pyimport("main").destroy();
} catch (error) {
  status.value = `The page could not be started: ${error}`;
  throw error;
}
