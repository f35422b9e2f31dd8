// The page: isolates itself where its host does not, starts Python, and shows what the host sends.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";
import { isolate } from "./isolation.mjs";
import { CHECKS } from "./received.mjs";

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 */
function element(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`there is no ${type.name} #${id}`);
  return found;
}

const isolation = await isolate("isolation-sw.js");

for (const [id, check] of Object.entries(CHECKS)) {
  const { right, found } = await check(isolation);
  const row = element(id, HTMLTableRowElement);
  row.dataset.right = right ? "yes" : "no";
  row.cells[1].textContent = found;
  row.cells[2].textContent = right ? "yes" : "no";
}

const pyodide = await loadPyodide();
pyodide.FS.writeFile("/home/pyodide/cities-1.json", await (await fetch("fixed/cities-1.json")).text());
pyodide.runPython(await (await fetch("cities.py")).text(), { filename: "cities.py" });
performance.mark("ready");
element("status", HTMLOutputElement).value = "Ready";
