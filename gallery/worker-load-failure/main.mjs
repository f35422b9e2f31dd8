// The word counter, whose worker is started from here; and Python on the page, for the workers that cannot start.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";
import { startWorker } from "./start-worker.mjs";
import { WorkerFailure } from "./worker-failure.mjs";

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
const count = element("count", HTMLButtonElement);
const counted = element("counted", HTMLOutputElement);
const failure = element("failure", HTMLDivElement);

/** The worker that counts, once it has been started. @type {Worker | undefined} */
let counter;

/** Has the words counted, and the worker started before if there is none; says so if that cannot be done. */
async function countWords() {
  count.disabled = true;
  failure.hidden = true;
  counted.value = "Counting…";
  try {
    counter ??= await startCounter();
    counter.postMessage(text.value);
  } catch (error) {
    if (!(error instanceof WorkerFailure)) throw error;
    counted.value = "";
    element("why", HTMLElement).textContent = error.message;
    element("detail", HTMLElement).textContent = error.detail;
    failure.hidden = false;
  }
  count.disabled = false;
}

async function startCounter() {
  const worker = await startWorker("counter.mjs");
  worker.addEventListener("message", ({ data }) => {
    counted.value = data;
  });
  return worker;
}

element("words", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  countWords();
});
element("retry", HTMLButtonElement).addEventListener("click", countWords);

const pyodide = await loadPyodide();
pyodide.registerJsModule("start_worker", { startWorker });
pyodide.runPython(await (await fetch("main.py")).text(), { filename: "main.py" });
status.value = "Ready";
