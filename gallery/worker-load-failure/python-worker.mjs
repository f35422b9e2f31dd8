// What a worker with Python imports first. It says how far the start has come, for start-worker.mjs on the page.

const PYODIDE = "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/";

/**
 * @typedef {import("./worker-failure.mjs").Kind} Kind
 * @typedef {{stage: string} | {ready: true} | {failed: {kind: Kind, detail: string}}} Start
 */

/** @param {Start} start */
const say = (start) => self.postMessage({ start });

say({ stage: "its script" }); // which so has been read, with all that it imports

/**
 * Loads Python and runs a program, which is ready for messages when it has come to its end. Nothing is thrown: the page
 * is told of all that goes wrong.
 * @param {string} program its address, relative to the worker's script
 * @param {{pyodide?: string}} [options] the address of the folder of Pyodide's files, with a slash at its end
 */
export async function startPython(program, { pyodide: folder = PYODIDE } = {}) {
  /** @type {Kind} */
  let kind = "pyodide";
  try {
    say({ stage: "loading Pyodide" });
    const { loadPyodide } = await import(`${folder}pyodide.mjs`);
    const pyodide = await loadPyodide({ indexURL: folder });
    kind = "python";
    say({ stage: `running ${program}` });
    const answer = await fetch(program);
    if (!answer.ok) throw new Error(`${answer.url} is answered with status ${answer.status}`);
    await pyodide.runPythonAsync(await answer.text(), { filename: program });
    say({ ready: true });
  } catch (error) {
    say({ failed: { kind, detail: String(error).trim() } });
  }
}
