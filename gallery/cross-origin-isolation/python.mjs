// Python in a worker, which does one thing at a time and can be stopped.

/** SIGINT, which Python makes a KeyboardInterrupt of. */
const INTERRUPT = 2;

/**
 * Starts a worker with Python, which takes seconds.
 * @param {Uint8Array | undefined} signal
 */
async function start(signal) {
  const worker = new Worker("worker.mjs", { type: "module" });
  await answerOf(worker);
  if (signal) worker.postMessage({ signal });
  return worker;
}

/**
 * @param {Worker} worker
 * @param {() => void} [begun]
 * @returns {Promise<string>}
 */
function answerOf(worker, begun) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.begun ? begun?.() : resolve(data.answer));
    worker.onerror = ({ message }) => reject(new Error(message || "the worker could not be loaded"));
  });
}

export class Python {
  /** One byte that Python looks at while it runs. Only an isolated page can share memory with a worker. */
  #signal = crossOriginIsolated ? new Uint8Array(new SharedArrayBuffer(1)) : undefined;
  #worker = start(this.#signal);
  #end = () => {};

  /** Whether it lives on when it is stopped, with all that it knows. */
  get survives() {
    return this.#signal !== undefined;
  }

  /** Waits until it can be asked. */
  async ready() {
    await this.#worker;
  }

  /**
   * Has Python look for the prime factors of a number.
   * @param {string} digits
   * @param {() => void} begun is called as soon as the search can be stopped
   * @returns {Promise<string | undefined>} what it has found, or nothing if its worker was ended; then another is ready
   */
  async factor(digits, begun) {
    const worker = await this.#worker;
    this.#signal?.fill(0); // one that came too late for what ran before
    worker.postMessage({ digits });
    /** @type {Promise<undefined>} */
    const ended = new Promise((resolve) => {
      this.#end = () => {
        worker.terminate();
        this.#worker = start(this.#signal);
        resolve(this.#worker.then(() => undefined));
      };
    });
    return Promise.race([answerOf(worker, begun), ended]);
  }

  /** Stops what runs. No message reaches a Python that is busy: without shared memory, only its worker can be ended. */
  stop() {
    if (this.#signal) this.#signal[0] = INTERRUPT;
    else this.#end();
  }
}
