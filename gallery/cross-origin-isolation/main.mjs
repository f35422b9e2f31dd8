// The page: isolates itself before all else, says how, and lets Python look for factors.
import { enter, isolate, leave } from "./isolation.mjs";
import { Python } from "./python.mjs";

const SERVICE_WORKER = "isolation-sw.js";

/** What a person is told. @type {Record<"headers" | "service worker" | import("./isolation.mjs").Why, string>} */
const SENTENCES = {
  headers: "Yes, by the headers of its server.",
  "service worker": "Yes, by a service worker: it adds the headers in this browser, as the server sends none.",
  frame: "No. It stands in a frame of another page, and a frame is isolated only if all around it is.",
  unsupported: "No. The server sends no headers, and this browser has no service workers here.",
  failed: "No. The server sends no headers, and with a service worker this browser does not isolate the page either.",
  removed: "No. The server sends no headers, and the service worker was removed.",
};

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

const status = element("status", HTMLOutputElement);
const number = element("number", HTMLInputElement);
const answer = element("answer", HTMLOutputElement);
const factor = element("factor", HTMLButtonElement);
const stop = element("stop", HTMLButtonElement);

/** @param {import("./isolation.mjs").Isolation} isolation */
function showIsolation(isolation) {
  const key = isolation.way === "none" ? isolation.why : isolation.way;
  element("way", HTMLOutputElement).value = SENTENCES[key];
  if (isolation.way === "service worker" && isolation.cost !== undefined) {
    element("cost", HTMLOutputElement).value = `To load it twice has taken ${isolation.cost.toFixed(0)} ms.`;
  }
  element("without", HTMLElement).hidden = isolation.way !== "none";
  element("alone", HTMLElement).hidden = key !== "frame";
  element("leave", HTMLElement).hidden = key !== "service worker";
  element("enter", HTMLElement).hidden = key !== "removed" && key !== "failed";
}

/** Waits for a number. */
function rest() {
  factor.disabled = false;
  stop.disabled = true;
  status.value = "Ready";
}

/** Lets the search be stopped that has begun. */
function search() {
  stop.disabled = false;
  status.value = "Looking…";
}

/**
 * Keeps what it took to stop, as the page is loaded again between the two ways.
 * @param {number} took in milliseconds
 */
function keepStop(took) {
  localStorage.setItem(python.survives ? "signal-took" : "end-took", took.toFixed(took < 10 ? 1 : 0));
  showStops();
}

function showStops() {
  for (const id of ["signal-took", "end-took"]) {
    const took = localStorage.getItem(id);
    if (took) element(id, HTMLOutputElement).value = `${took} ms`;
  }
}

showIsolation(await isolate(SERVICE_WORKER));
element("leave", HTMLElement).addEventListener("click", () => leave(SERVICE_WORKER));
element("enter", HTMLElement).addEventListener("click", () => enter());
showStops();

const python = new Python();
/** When Stop was pressed, if it was. @type {number | undefined} */
let stopped;

element("form", HTMLFormElement).addEventListener("submit", async (event) => {
  event.preventDefault();
  factor.disabled = true;
  answer.value = "…";
  answer.value = (await python.factor(number.value, search)) ?? "Stopped, and what was found is lost.";
  if (stopped !== undefined) keepStop(performance.now() - stopped);
  stopped = undefined;
  rest();
});

stop.addEventListener("click", () => {
  stopped = performance.now();
  stop.disabled = true;
  status.value = "Stopping…";
  python.stop();
});

await python.ready();
rest();
