// @ts-check
// Counts a year of tides, which takes a second or more.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const starting = start();

async function start() {
  const pyodide = await loadPyodide();
  pyodide.FS.writeFile("sill.py", await (await fetch("sill.py")).text());
  return pyodide.pyimport("sill");
}

self.addEventListener("message", async ({ data }) => {
  try {
    const counted = (await starting).year(data);
    // An object on all versions: without the converter it is a Map before 0.29.
    self.postMessage(counted.toJs({ dict_converter: Object.fromEntries }));
    counted.destroy();
  } catch (error) {
    self.postMessage({ failed: String(error) });
  }
});
