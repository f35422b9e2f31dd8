// @ts-check
// Starts Python, once no other tab has the log open, and hands it the page.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const FILES = ["kept.py", "logbook.py", "main.py"];
const status = /** @type {HTMLOutputElement} */ (document.querySelector("#status"));

/**
 * Waits until this tab is the only one with the log open, and keeps it so for as long as the page lives. A save
 * makes the database like the files in memory: it would delete the entries that another tab has added since.
 * @returns {Promise<void>}
 */
function onlyTab() {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request("harbour-log", () => {
      resolve();
      return new Promise(() => {});
    });
    held.catch(reject);
  });
}

try {
  const alone = onlyTab();
  const pyodide = await loadPyodide();
  for (const file of FILES) {
    const response = await fetch(file);
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    pyodide.FS.writeFile(file, await response.text());
  }
  status.value = "The log is open in another tab. Waiting for it…";
  await alone;
  status.value = "Opening the log…";
  const main = pyodide.pyimport("main");
  await main.start();
  main.destroy();
} catch (error) {
  status.value = `The log could not be started: ${error}`;
  throw error;
}
