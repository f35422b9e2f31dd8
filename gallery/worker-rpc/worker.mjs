// The worker: serves Python to the page. Comlink carries the calls; what crosses are values, buffers and errors.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";
import * as Comlink from "./comlink.mjs";

/** @typedef {(...args: any[]) => any} Callable */

// Served at once, and waited for in each call: a message that comes before somebody listens is lost.
const starting = start();

async function start() {
  const pyodide = await loadPyodide();
  for (const name of ["calls.py", "darkroom.py"]) {
    pyodide.FS.writeFile(`/home/pyodide/${name}`, await (await fetch(name)).text());
  }
  return { calls: pyodide.pyimport("calls"), darkroom: pyodide.pyimport("darkroom") };
}

/** Who is told how many negatives there are. @type {(count: number) => unknown} */
let tellKept = () => {};

/**
 * Calls a Python function. No proxy of the call stays: neither here nor, of the functions among the arguments, on the
 * page. Buffers in the result are handed over.
 *
 * @param {Callable} python
 * @param {any[]} args
 */
async function call(python, args) {
  const { calls } = await starting;
  const theirs = args.filter((arg) => typeof arg === "function");
  /** What the functions of the page have answered. @type {unknown[]} */
  const answers = [];
  /** @param {Callable} tell */
  const local =
    (tell) =>
    (/** @type {any[]} */ ...values) =>
      void answers.push(tell(...values));
  try {
    const { value, error } = calls.call(
      python,
      args.map((arg) => (theirs.includes(arg) ? local(arg) : arg)),
    );
    await Promise.all(answers);
    if (error) throw Object.assign(new Error(error.message), error);
    return ArrayBuffer.isView(value) ? Comlink.transfer(value, [value.buffer]) : value;
  } finally {
    for (const each of theirs) each[Comlink.releaseProxy]();
  }
}

/**
 * An object of Python, whose methods the page may call. Once the page releases it, nothing here holds it.
 *
 * @param {any} object
 * @param {string[]} methods
 */
function serve(object, methods) {
  /** @param {string} name @returns {[string, Callable]} */
  const served = (name) => [name, (...args) => call(object[name], args)];
  const release = () => {
    object.destroy();
    return report();
  };
  return Comlink.proxy({ ...Object.fromEntries(methods.map(served)), [Comlink.finalizer]: release });
}

/** Tells how many negatives Python has. */
async function report() {
  const { darkroom } = await starting;
  await tellKept(darkroom.kept());
}

Comlink.expose({
  /** @param {(count: number) => unknown} tell is told, from now on, how many negatives there are */
  async watch(tell) {
    tellKept = tell;
    await report();
  },
  /** @param {Uint8ClampedArray} pixels @param {number} width */
  async open(pixels, width) {
    const { calls, darkroom } = await starting;
    const negative = serve(calls.make(darkroom.Negative, [pixels, width]), ["brightness", "develop"]);
    await report();
    return negative;
  },
  nothing: async () => call((await starting).darkroom.nothing, []),
  size: async (/** @type {Uint8Array} */ data) => call((await starting).darkroom.size, [data]),
  /** The same without Python. @param {Uint8Array} data */
  length: (data) => data.length,
});
