// Starts a worker, or tells within a bounded time why it did not start.

import { WorkerFailure, whyNot } from "./worker-failure.mjs";

/**
 * Starts a module worker that says when it is ready, as python-worker.mjs does.
 * @param {string} url relative to the page
 * @param {{within?: number}} [options] how long it is waited for, in milliseconds
 * @returns {Promise<Worker>} a worker that is ready
 * @throws {WorkerFailure} when it is not; nothing of it is left then, and to call again is a new try
 */
export async function startWorker(url, { within = 60_000 } = {}) {
  const address = new URL(url, document.baseURI);
  if (address.origin !== location.origin)
    throw new WorkerFailure("cross-origin", `${address} is not of ${location.origin}`);
  const worker = new Worker(address, { type: "module" });
  try {
    await ready(worker, address, within);
    return worker;
  } catch (failure) {
    worker.terminate();
    throw failure;
  }
}

/**
 * Waits until a worker is ready.
 * @param {Worker} worker
 * @param {URL} address
 * @param {number} within
 */
async function ready(worker, address, within) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const over = new AbortController();
  let reached = "";

  const timer = setTimeout(() => {
    const last = reached ? `it was last heard of at: ${reached}` : "its script has not said a word";
    reject(new WorkerFailure("silent", `${address} is not ready after ${within} ms; ${last}`));
  }, within);

  /** @param {MessageEvent} event */
  function hear({ data: { start } }) {
    if (start?.stage) reached = start.stage;
    else if (start?.failed) reject(new WorkerFailure(start.failed.kind, start.failed.detail));
    else if (start?.ready) resolve(undefined);
  }

  /** @param {ErrorEvent} event */
  async function explain(event) {
    event.preventDefault(); // whoever waits is told, so that nobody else need be
    if (!event.message) return reject(await whyNot(address)); // the browser brought no script, and says no more
    const parsed = reached || !event.message.includes("SyntaxError"); // else not a line of it has run
    reject(new WorkerFailure(parsed ? "exception" : "syntax", `${event.message} (${event.filename}:${event.lineno})`));
  }

  worker.addEventListener("message", hear, { signal: over.signal });
  worker.addEventListener("error", explain, { signal: over.signal });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
