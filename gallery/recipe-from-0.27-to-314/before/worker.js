// @ts-nocheck: a classic worker, which has its functions from the scripts that it imports
// The worker as it was, for Pyodide 0.27.
importScripts("https://cdn.jsdelivr.net/pyodide/v0.27.7/full/pyodide.js");

const starting = start();

async function start() {
  const pyodide = await loadPyodide();
  pyodide.FS.writeFile("sill.py", await (await fetch("../sill.py")).text());
  return pyodide.pyimport("sill");
}

self.onmessage = async ({ data }) => {
  const counted = (await starting).year(data).toJs();
  self.postMessage({ days: counted.get("days"), hours: counted.get("hours") });
};
