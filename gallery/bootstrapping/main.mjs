// The page: works before Python is there, keeps what was typed, and hands it over.
import { forgetSnapshots } from "./snapshot.mjs";
import { remember, showStarts } from "./starts.mjs";

/**
 * @typedef {import("./worker.mjs").Told} Told
 * @typedef {import("./worker.mjs").Stage} Stage
 * @typedef {import("./worker.mjs").Sighting} Sighting
 * @typedef {import("./worker.mjs").Count} Count
 */

/** @type {Record<Stage, string>} */
const STAGES = {
  script: "Fetch the script of Pyodide",
  download: "Download Python",
  interpreter: "Compile the rest of it, and start the interpreter",
  package: "Unpack a wheel",
  application: "Import the application",
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
const form = element("form", HTMLFormElement);
const bird = element("bird", HTMLInputElement);
const number = element("number", HTMLInputElement);
const noted = element("noted", HTMLOutputElement);
const progress = element("progress", HTMLProgressElement);
const failure = element("failure", HTMLDivElement);
const restart = element("restart", HTMLButtonElement);
const keep = element("keep", HTMLButtonElement);
const kept = element("kept", HTMLOutputElement);

/** All that was noted: the page's, not Python's, so that no start and no failure loses it. @type {Sighting[]} */
const sightings = [];
/** @type {Worker | undefined} */
let worker;
let ready = false;
let began = 0;
let pause = 0;

function start() {
  worker?.terminate();
  ready = false;
  began = performance.now();
  failure.hidden = true;
  restart.disabled = true;
  status.value = "Starting Python…";
  progress.removeAttribute("value");
  element("stages", HTMLOListElement).replaceChildren(
    ...Object.entries(STAGES).map(([stage, title]) => {
      const item = document.createElement("li");
      item.id = stage;
      item.textContent = title;
      return item;
    }),
  );
  worker = new Worker("worker.mjs", { type: "module" });
  worker.addEventListener("message", ({ data }) => hear(data));
  worker.addEventListener("error", (event) => {
    event.preventDefault(); // it is shown
    hear({ failed: "script", why: event.message || "worker.mjs could not be loaded" });
  });
  pause = 0;
  requestAnimationFrame(function measure(now, before = now) {
    pause = Math.max(pause, now - before);
    if (!ready && failure.hidden) requestAnimationFrame((next) => measure(next, now));
  });
  showNoted();
}

/** @param {Told} told */
function hear(told) {
  if ("begun" in told) setStage(told.begun, "…");
  else if ("done" in told) setStage(told.done, `, ${told.ms.toFixed(0)} ms`);
  else if ("progress" in told) showProgress(told.progress);
  else if ("failed" in told) fail(told.failed, told.why);
  else if ("count" in told) showCount(told.count);
  else {
    ready = true;
    remember({ network: told.ready.network, ms: performance.now() - began, pause });
    status.value = "Ready";
    restart.disabled = false;
    handOver();
  }
}

/**
 * @param {Stage} stage
 * @param {string} state
 */
function setStage(stage, state) {
  element(stage, HTMLLIElement).textContent = STAGES[stage] + state;
}

/** @param {import("./downloads.mjs").Progress} progress */
function showProgress({ received, total }) {
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
  element("bytes", HTMLOutputElement).value =
    total === undefined ? `${megabytes(received)} MB` : `${megabytes(received)} of ${megabytes(total)} MB`;
  if (total === undefined) return; // how much is to come cannot be known: the bar says no more than that it goes on
  progress.max = total;
  progress.value = received;
}

/**
 * @param {Stage} stage
 * @param {string} why
 */
function fail(stage, why) {
  worker?.terminate(); // with all that is half started in it
  setStage(stage, ": failed");
  status.value = "Python could not be started. What you note is kept.";
  element("why", HTMLParagraphElement).textContent = `${STAGES[stage]}: ${why}.`;
  // If it was the snapshot, the next try does without.
  forgetSnapshots().finally(() => {
    failure.hidden = false;
  });
}

/** Gives Python all that was noted, if it is there. */
function handOver() {
  if (ready && sightings.length > 0) worker?.postMessage(sightings);
}

function showNoted() {
  const { length } = sightings;
  if (length > 0)
    noted.value = `${length} noted. ${ready ? "Python counts." : "Python counts as soon as it is there."}`;
}

/** @param {Count} count */
function showCount(count) {
  if (count.sightings === 0) return;
  noted.value = `${count.sightings} noted and counted.`;
  element("tally", HTMLTableSectionElement).replaceChildren(
    ...count.tally.map(([bird, number]) => {
      const row = document.createElement("tr");
      for (const text of [bird, number]) row.insertCell().textContent = String(text);
      return row;
    }),
  );
  element("summary", HTMLOutputElement).value =
    `${count.tally.length} kinds of birds, diversity ${count.diversity.toFixed(2)}`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  sightings.push({ bird: bird.value, number: number.valueAsNumber });
  showNoted();
  handOver();
  form.reset();
  bird.focus();
});
/** Keeps a snapshot for the starts to come. */
function keepSnapshot() {
  keep.disabled = true;
  kept.value = "Making a snapshot…";
  const maker = new Worker("snapshot-worker.mjs", { type: "module" });
  maker.addEventListener("message", ({ data }) => {
    kept.value = `A snapshot of ${(data / 1e6).toFixed(1)} MB is kept.`;
    Object.assign(globalThis, { snapshot: data });
  });
  maker.addEventListener("error", (event) => {
    event.preventDefault(); // it is shown
    kept.value = `No snapshot could be made: ${event.message}`;
    keep.disabled = false;
  });
}

keep.addEventListener("click", keepSnapshot);
element("retry", HTMLButtonElement).addEventListener("click", start);
restart.addEventListener("click", start);
element("add", HTMLButtonElement).disabled = false; // a form that nobody listens to would load the page again
showStarts();
start();
