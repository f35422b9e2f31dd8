// Runs programs in one Pyodide, on the page or in a worker, and reports what happened.

import { Limit } from "./limit.mjs";
import { observerIn, withoutJSPI } from "./load.mjs";
import { Observer } from "./observer.mjs";
import { forget, pause, TURN, undo, until, waitingFor, watch } from "./pending.mjs";
import { collect, press } from "./press.mjs";
import { HARNESS, innermost, told } from "./told.mjs";

/**
 * @typedef {import("./observer.mjs").Observation} Observation
 * @typedef {{base: string, jspi: boolean, memory?: SharedArrayBuffer}} Load
 * @typedef {{id: number, files: Record<string, string>, main: string, how: "run" | "import" | "script" | "spawn",
 *   patience: number, press: boolean, twice: boolean, stay: boolean}} Program
 */

/** How often a page that somebody uses is looked at, in milliseconds. */
const LOOK = 250;

/**
 * An address at which a script stands.
 * @param {string} code
 */
const addressOf = (code) => URL.createObjectURL(new Blob([code], { type: "text/javascript" }));

/** A Pyodide and its observer. */
export class Runner {
  /** @type {any} */
  #pyodide;
  /** @type {any} */
  #python;

  #limit;

  /** @param {(o: Observation) => void} report */
  constructor(report) {
    this.#limit = new Limit(report);
    this.report = this.#limit.report;
    this.observer = new Observer(this.report);
    watch();
  }

  /**
   * Loads Pyodide. It fails as loadPyodide does.
   * @param {Load} options
   * @returns {Promise<string>} its version
   */
  async load({ base, jspi, memory }) {
    if (!jspi) withoutJSPI();
    const { loadPyodide } = await import(`${base}pyodide.mjs?real`);
    const pyodide = await loadPyodide({ indexURL: base });
    this.#python = await observerIn(pyodide);
    pyodide.setStdout({ batched: (/** @type {string} */ text) => this.report({ kind: "printed", text }) });
    pyodide.setStderr({ batched: (/** @type {string} */ text) => this.report({ kind: "warned", text }) });
    if (memory) pyodide.setInterruptBuffer(new Uint8Array(memory));
    this.observer.watch(pyodide, this.#python, HARNESS);
    this.#pyodide = pyodide;
    forget();
    return pyodide.version;
  }

  /**
   * Runs a program until nothing is left to do, or no longer than its patience in milliseconds.
   * @param {Program} program
   */
  async run(program) {
    undo();
    this.#limit.begin();
    const files = this.#pyodide.toPy(program.files);
    this.#python.get("begin")(files);
    files.destroy();
    await pause(0);
    this.observer.begin();
    try {
      await this.#enter(program);
    } catch (error) {
      this.#raised(error);
    }
    await this.#settle(program.patience);
    if (program.stay) {
      this.#stay();
      return;
    }
    const settle = () => this.#settle(program.patience);
    if (program.press) await press(this.observer, { settle, collect: () => this.#collect(), twice: program.twice });
    await pause(TURN); // the browser tells of a long task behind it
    this.#limit.end();
    this.observer.reportBlocked();
    await this.#collect();
    this.observer.reportLeft();
  }

  /** Goes on watching, for as long as the page is there: somebody uses it. */
  async #stay() {
    for (;;) {
      this.observer.reportBlocked();
      this.observer.reportCounted();
      await pause(LOOK);
    }
  }

  /** @param {Program} program */
  async #enter({ files, main, how }) {
    if (how === "script") {
      Object.assign(globalThis, { pyodide: this.#pyodide });
      document.body.append(document.createElement("button"));
      await import(addressOf(files[main]));
      return;
    }
    if (how === "spawn") return this.#spawn(files[main]);
    const code = how === "import" ? `import ${main.replace(/\.py$/, "").replaceAll("/", ".")}\n` : files[main];
    const globals = this.#pyodide.toPy({ __name__: "__main__" });
    try {
      const value = await this.#pyodide.runPythonAsync(code, {
        globals,
        filename: `/program/${how === "import" ? "" : main}`,
      });
      value?.destroy?.();
    } finally {
      globals.destroy();
    }
  }

  /**
   * Starts a worker, sends it a message, and waits until it has said something.
   * @param {string} code
   */
  async #spawn(code) {
    const type = /^import /m.test(code) ? "module" : "classic";
    // A page is not told of rejections in its workers.
    const worker = new Worker(
      addressOf(`${code}\n;self.onunhandledrejection = (event) => setTimeout(() => { throw event.reason; });\n`),
      { type },
    );
    const said = Promise.withResolvers();
    worker.onmessage = ({ data }) => {
      this.report({ kind: "posted", text: typeof data === "string" ? data : JSON.stringify(data) });
      said.resolve(undefined);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.report({ kind: "uncaught", ...told(event.message) });
      said.resolve(undefined);
    };
    worker.postMessage("go");
    await Promise.race([said.promise, pause(10_000)]);
    await pause(TURN);
    worker.terminate();
  }

  /** @param {unknown} error */
  #raised(error) {
    const said = told(error);
    const whole = { ...said, at: said.at ?? innermost(String(error)) };
    if (said.text.startsWith("KeyboardInterrupt")) this.observer.stopped(whole);
    else this.report({ kind: "raised", ...whole });
  }

  /**
   * Waits until nothing is left to do.
   * @param {number} patience in milliseconds
   */
  async #settle(patience) {
    await until(() => waitingFor() + this.#python.get("pending")() === 0, patience);
  }

  async #collect() {
    await collect([this.#python]);
  }
}
