// Starts the application, and has it kept once it runs.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";
import { keepOffline, keptCaches } from "./offline.mjs";

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`there is no #${id}`);
  return found;
}

const pyodide = await loadPyodide();
for (const name of ["walking.py", "main.py"]) {
  pyodide.FS.writeFile(`/home/pyodide/${name}`, await (await fetch(name)).text());
}
pyodide.pyimport("main");
performance.mark("ready");
const seconds = (performance.now() / 1000).toFixed(1);
const origin = navigator.serviceWorker?.controller ? "this browser’s cache" : "the network";
element("started").textContent = `Python was ready after ${seconds} s, from ${origin}.`;
element("status").textContent = "Ready";

async function showCaches() {
  const rows = (await keptCaches()).map(({ name, files, bytes }) => {
    const row = document.createElement("tr");
    for (const text of [name, String(files), `${(bytes / 1e6).toFixed(3)} MB`]) row.insertCell().textContent = text;
    return row;
  });
  element("sizes").replaceChildren(...rows);
}

// Behind the start, which is not to share the network with it.
const register = await keepOffline("sw.js", {
  async kept() {
    performance.mark("kept");
    await showCaches();
    element("kept").textContent = "All of it: the next start needs no network.";
  },
  async offered(use) {
    await showCaches();
    element("use").onclick = use;
    element("new").hidden = false;
  },
  async failed() {
    await showCaches();
    element("published").textContent =
      "That release could not be brought whole. It is not used, and nothing has changed.";
  },
});
for (const [id, script] of [
  ["publish", "sw-next.js"],
  ["publish-half", "sw-half.js"],
]) {
  element(id).onclick = () => register(script);
  element(id).removeAttribute("disabled");
}
