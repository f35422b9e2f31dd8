// @ts-check
// Starts Python and hands it the page.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const WHEEL = "pyodide_ls_bridge-1.0.0-py3-none-any.whl";
const status = /** @type {HTMLOutputElement} */ (document.querySelector("#status"));

// What a form does by itself is to load the page anew. An async function would say no too late.
for (const form of document.forms) form.addEventListener("submit", (event) => event.preventDefault());

try {
  const pyodide = await loadPyodide();
  pyodide.unpackArchive(await (await fetch(WHEEL)).arrayBuffer(), "wheel");
  for (const file of ["fingerprint.py", "shelf.py", "main.py"]) {
    const response = await fetch(file);
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    pyodide.FS.writeFile(file, await response.text());
  }
  pyodide.pyimport("main").destroy();
  performance.mark("ready");
} catch (error) {
  status.value = `The page could not be started: ${error}`;
  throw error;
}
