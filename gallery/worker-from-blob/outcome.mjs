/**
 * What came of a try.
 * @typedef {{works: boolean, said: string, took: number}} Outcome
 */

/** How long a worker may be silent, in milliseconds. */
const PATIENCE = 5000;

/**
 * Starts a worker, waits for its first word or its failure, and ends it.
 * @param {() => Worker} start
 * @returns {Promise<Outcome>}
 */
export async function outcome(start) {
  const began = performance.now();
  /** @type {Worker | undefined} */
  let worker;
  try {
    worker = start();
    const said = await firstWord(worker);
    return { works: true, said, took: performance.now() - began };
  } catch (error) {
    return { works: false, said: String(error), took: performance.now() - began };
  } finally {
    worker?.terminate();
  }
}

/**
 * @param {Worker} worker
 * @returns {Promise<string>}
 */
function firstWord(worker) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault(); // it is shown
      reject(event.message || "an error without a word");
    };
    setTimeout(reject, PATIENCE, "not a word");
  });
}
