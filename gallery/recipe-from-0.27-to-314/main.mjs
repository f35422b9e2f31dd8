// @ts-check
// Starts Python, and its worker as soon as somebody wants a year counted.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const WHEEL = "pyodide_ls_bridge-1.0.0-py3-none-any.whl";

const button = /** @type {HTMLButtonElement} */ (document.getElementById("count"));
const counted = /** @type {HTMLOutputElement} */ (document.getElementById("year"));
const status = /** @type {HTMLOutputElement} */ (document.getElementById("status"));

const pyodide = await loadPyodide();
pyodide.unpackArchive(await (await fetch(WHEEL)).arrayBuffer(), "wheel");
for (const name of ["sill.py", "main.py", "changes.py"]) {
  pyodide.FS.writeFile(name, await (await fetch(name)).text());
}

const page = pyodide.pyimport("main");
await page.start();
pyodide.pyimport("changes").show();

/** @type {Worker | undefined} */
let worker;

button.addEventListener("click", () => {
  button.disabled = true;
  counted.value = "Counting…";
  worker ??= started();
  worker.postMessage(page.needed());
});

/** A module worker: from 314 on there are no others, and the older ones have them as well. */
function started() {
  const worker = new Worker("worker.mjs", { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    counted.value = data.failed ?? `on ${data.days} days, for ${data.hours.toLocaleString("en")} hours`;
    button.disabled = false;
  });
  return worker;
}

button.disabled = false;
status.value = `Ready, on Pyodide ${pyodide.version}`;
