// Starts Python, and measures on demand.
// @ts-check

import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";
import { KINDS, measure, watchTheDom } from "./measure.mjs";

const WHEEL = "pyodide_ls_bridge-1.0.0-py3-none-any.whl";

watchTheDom(); // before Python has any function of it

const pyodide = await loadPyodide();
pyodide.unpackArchive(await (await fetch(WHEEL)).arrayBuffer(), "wheel");
for (const name of ["gauges.py", "rows.py", "main.py"]) {
  pyodide.FS.writeFile(name, await (await fetch(name)).text());
}
pyodide.pyimport("main");

const status = /** @type {HTMLOutputElement} */ (document.getElementById("status"));
const button = /** @type {HTMLButtonElement} */ (document.getElementById("measure"));
const table = /** @type {HTMLTableSectionElement} */ (document.getElementById("measured"));

button.addEventListener("click", async () => {
  button.disabled = true;
  status.value = "Measuring…";
  const costs = await measure();
  Object.assign(window, { measured: costs });
  table.replaceChildren(
    ...Object.entries(costs).map(([kind, { calls, milliseconds }]) => {
      const row = document.createElement("tr");
      for (const text of [KINDS[kind], calls.toFixed(1), milliseconds.toFixed(2)]) {
        row.append(Object.assign(document.createElement("td"), { textContent: text }));
      }
      return row;
    }),
  );
  status.value = "Measured";
  button.disabled = false;
});

button.disabled = false;
status.value = "Ready";
