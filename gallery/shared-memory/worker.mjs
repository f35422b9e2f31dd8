// A worker with a painter. The first message brings the shared memory, each further one a call, and each is answered.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";
import { views } from "./memory.mjs";

/** The painter, an object of Python. @type {Promise<any>} */
let painter;

/** @param {SharedArrayBuffer} buffer @param {number} number */
async function start(buffer, number) {
  const pyodide = await loadPyodide();
  for (const name of ["lock.py", "painter.py"]) {
    pyodide.FS.writeFile(`/home/pyodide/${name}`, await (await fetch(name)).text());
  }
  return pyodide.pyimport("painter").Painter(views(buffer), number);
}

self.onmessage = async ({ data: { buffer, number, method, args } }) => {
  try {
    painter ??= start(buffer, number);
    const python = await painter;
    self.postMessage({ value: method && python[method](...args) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
