// The page: has its text rated by Python in a worker from a Blob, and tries other ways to start one.
import { workerFrom } from "./blob-worker.mjs";
import { TRIES } from "./tries.mjs";

/**
 * @typedef {{words: number, sentences: number, syllables: number, score: number, level: string}} Rating
 */

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
const text = element("text", HTMLTextAreaElement);
const attempt = element("attempt", HTMLButtonElement);

// It stands beside this file, wherever that is. `workerFrom` would take it from another site as well.
const worker = workerFrom(new URL("worker.mjs", import.meta.url));

worker.addEventListener("message", ({ data }) => {
  if (data.ready) begin(data.ready);
  else show(data.rating);
});
worker.addEventListener("error", (event) => {
  event.preventDefault(); // it is shown
  status.value = `The worker has failed. ${event.message ?? ""}`;
});

/** @param {{address: string, origin: string, file: string, isolated: boolean}} worker */
function begin({ address, origin, file, isolated }) {
  performance.mark("ready");
  element("address", HTMLElement).textContent = address;
  element("origin", HTMLElement).textContent = origin;
  element("file", HTMLElement).textContent = file;
  element("isolated", HTMLElement).textContent = isolated ? "yes" : "no";
  element("page-isolated", HTMLElement).textContent = crossOriginIsolated ? "yes" : "no";
  status.value = "Ready";
  text.addEventListener("input", rate);
  rate();
}

function rate() {
  worker.postMessage(text.value);
}

/** @param {Rating | undefined} rating */
function show(rating) {
  element("score", HTMLMeterElement).value = rating?.score ?? 0;
  element("rating", HTMLOutputElement).value = rating
    ? `${rating.score} of 100, ${rating.level}`
    : "There is nothing to read.";
  element("counts", HTMLOutputElement).value = rating
    ? `${rating.words} words, ${rating.sentences} sentences, ${rating.syllables} syllables`
    : "";
}

attempt.addEventListener("click", async () => {
  attempt.disabled = true;
  for (const [id, run] of Object.entries(TRIES)) {
    const { works, said, took } = await run();
    const row = element(id, HTMLTableRowElement);
    row.cells[1].textContent = works ? `${said}, after ${took.toFixed(0)} ms` : said;
  }
  attempt.disabled = false;
});
