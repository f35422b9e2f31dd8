// @ts-check
// Starts Python and hands it the page. Where that fails, the page says so and offers to try again.

const FILES = ["luggage.py", "main.py"];
const PATIENCE = 10_000; // ms, after which the page says that it still tries
const WHEEL = "pyodide_ls_bridge-1.0.0-py3-none-any.whl";
const status = /** @type {HTMLOutputElement} */ (document.querySelector("#status"));

/** @param {string} file */
async function load(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response;
}

async function start() {
  // Not at the top: an import that fails there stops this file before its first line, and nobody is told.
  const { loadPyodide } = await import("https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs");
  const pyodide = await loadPyodide();
  pyodide.unpackArchive(await (await load(WHEEL)).arrayBuffer(), "wheel");
  for (const file of FILES) pyodide.FS.writeFile(file, await (await load(file)).text());
  pyodide.pyimport("main").destroy();
  Object.assign(globalThis, { pyodide }); // for the developer's console, and the tests
}

/** @param {unknown} error */
function fail(error) {
  const failed = /** @type {HTMLElement} */ (document.querySelector("#failed"));
  status.value = "Not started";
  failed.hidden = false;
  failed.querySelector("p")?.append(navigator.onLine ? " An error of ours, if it stays." : " You are offline.");
  failed.querySelector("button")?.addEventListener("click", () => location.reload());
  throw error;
}

const slow = setTimeout(() => {
  status.value = "Starting Python: the network is slow…";
}, PATIENCE);
start()
  .finally(() => clearTimeout(slow))
  .then(() => performance.mark("ready"), fail);
