// @ts-check
// A worker that runs Python for its page, and answers its calls with the functions that the program exports.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const PROGRAM = "plates";
const FILES = ["pulse.py", "plates.py"];
const WHEEL = "pyodide_ls_bridge-1.0.0-py3-none-any.whl";

// Held for as long as this worker lives, however it ends: the page waits for it.
navigator.locks.request(self.name, () => {
  self.postMessage({ kind: "alive" });
  return new Promise(() => {});
});

// A fatal error of Python is caught by nobody, and what is left is of no use.
self.addEventListener("unhandledrejection", ({ reason }) =>
  self.postMessage({ kind: "failed", value: String(reason) }),
);

try {
  const pyodide = await loadPyodide();
  pyodide.unpackArchive(await (await fetch(WHEEL)).arrayBuffer(), "wheel");
  for (const file of FILES) {
    pyodide.FS.writeFile(`/home/pyodide/${file}`, await (await fetch(file)).text());
  }
  pyodide.pyimport(PROGRAM);
  pyodide.runPython("import bridge.worker; bridge.worker.serve()");
} catch (error) {
  self.postMessage({ kind: "failed", value: String(error) });
}
