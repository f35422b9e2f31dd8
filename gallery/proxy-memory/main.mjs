// @ts-check
// Starts the page, and asks Python in which days of the diary a species is.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";
import * as flights from "./flights.mjs";

const WHEEL = "pyodide_ls_bridge-1.0.0-py3-none-any.whl";

const pyodide = await loadPyodide();
pyodide.unpackArchive(await (await fetch(WHEEL)).arrayBuffer(), "wheel");
pyodide.registerJsModule("flights", { clear: flights.clear, fly: flights.fly });
for (const file of ["sightings.py", "markers.py"]) {
  pyodide.FS.writeFile(`/home/pyodide/${file}`, await (await fetch(file)).text());
}
pyodide.runPython(await (await fetch("main.py")).text(), { filename: "main.py" });

// Each `get` of a function makes a proxy. This one is made once, and lives as long as the page.
const daysWith = pyodide.globals.get("days_with");

/**
 * Gives the days of a species, and how many birds there were on each.
 *
 * @param {string} species
 * @returns {[number, number][]}
 */
function ask(species) {
  const days = daysWith(species); // a list is a proxy, each time a new one
  try {
    return days.toJs();
  } finally {
    days.destroy();
  }
}

const form = /** @type {HTMLFormElement} */ (document.getElementById("ask"));
const answer = /** @type {HTMLOutputElement} */ (document.getElementById("answer"));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const species = String(new FormData(form).get("species"));
  const days = ask(species);
  answer.value = days.length
    ? `${species}: ${days.map(([day, birds]) => `${birds} on day ${day}`).join(", ")}`
    : `No ${species} so far`;
});

for (const button of document.querySelectorAll("button")) {
  button.disabled = false;
}
const status = /** @type {HTMLOutputElement} */ (document.getElementById("status"));
status.value = "Ready";
