// Counts the bytes that fetch brings while Python is loaded, and hears of what fails.

/**
 * @typedef {object} Progress
 * @property {number} received bytes, unpacked, of all files so far
 * @property {number | undefined} total bytes of all files so far, where each has said how many it has
 */

/** What Pyodide downloads of itself. It cannot start without the last, and so not before that is handed to it. */
const RUNTIME = ["pyodide.asm.wasm", "python_stdlib.zip"];
const LAST = "python_stdlib.zip";

/** How often progress is told, in ms. */
const PACE = 50;

/**
 * Watches `fetch`, by which Pyodide downloads itself; its scripts come by `import` and are not counted. What it gets is
 * the browser's own response, and a clone is counted: the browser keeps what it has compiled of its own responses
 * only, so that one made of counted bytes would be compiled at each start.
 * @param {(progress: Progress) => void} tell
 */
export function watchDownloads(tell) {
  const { fetch } = self;
  /** @type {Map<string, {received: number, total: number, whole: PromiseWithResolvers<void>}>} */
  const files = new Map();
  /** @type {PromiseWithResolvers<never>} */
  const failure = Promise.withResolvers();
  failure.promise.catch(() => {}); // it is for whoever waits for it

  let told = 0;

  function tellProgress() {
    const received = [...files.values()].reduce((sum, file) => sum + file.received, 0);
    const total = [...files.values()].reduce((sum, file) => sum + file.total, 0);
    tell({ received, total: total >= received ? total : undefined });
    told = performance.now();
  }

  /** @param {string} name */
  function fileOf(name) {
    const file = files.get(name) ?? { received: 0, total: 0, whole: Promise.withResolvers() };
    files.set(name, file);
    return file;
  }

  /**
   * @param {string} name
   * @param {Response} response
   */
  async function count(name, response) {
    const file = fileOf(name);
    const packed = response.headers.has("Content-Encoding"); // then its length is what is packed
    file.total = Number((!packed && response.headers.get("Content-Length")) || Number.NaN);
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      file.received += part.value.length;
      if (performance.now() > told + PACE) tellProgress();
    }
    tellProgress();
    file.whole.resolve();
  }

  const whole = Promise.all(RUNTIME.map((name) => fileOf(name).whole.promise));

  self.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const name = url.slice(url.lastIndexOf("/") + 1);
    /** @param {Error} error */
    const fail = (error) => failure.reject(new Error(`${name}: ${error.message}`));
    try {
      const response = await fetch(input, init);
      if (!response.ok) throw new Error(`the server answers ${response.status}`);
      count(name, response.clone()).catch(fail);
      if (name === LAST) await whole; // to start takes all of this thread: the page is told first what there is to tell
      return response;
    } catch (error) {
      fail(/** @type {Error} */ (error));
      throw error;
    }
  };

  return {
    /** Rejects when a file cannot be downloaded. Pyodide itself waits forever for some. */
    failed: failure.promise,
    /** Resolves when Pyodide has been downloaded. */
    whole,
  };
}
