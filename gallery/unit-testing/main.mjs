// @ts-check
// Starts Python and hands it the page.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const status = /** @type {HTMLOutputElement} */ (document.querySelector("#status"));
document.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());

try {
  const pyodide = await loadPyodide();
  for (const file of ["draft.py", "autosave.py", "standin.py", "contract.py", "proof.py", "main.py"]) {
    const response = await fetch(file);
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    pyodide.FS.writeFile(file, await response.text());
  }
  pyodide.pyimport("main").destroy();
} catch (error) {
  status.value = `The page could not be started: ${error}`;
  throw error;
}
