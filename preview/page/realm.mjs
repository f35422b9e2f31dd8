// A realm that runs as somebody wrote it: a page, or a worker that it starts. Each Pyodide that is loaded there is
// watched from then on.

import { Limit } from "./limit.mjs";
import { observerIn, withoutJSPI } from "./load.mjs";
import { Observer } from "./observer.mjs";
import { pause, TURN, until, waitingFor, watch } from "./pending.mjs";
import { collect } from "./press.mjs";
import { PAGE } from "./told.mjs";

/**
 * @typedef {import("./observer.mjs").Observation} Observation
 * @typedef {import("./told.mjs").Site} Site
 * @typedef {{source: {id: string, text: string}} | {observation: Observation}} Said
 * @typedef {(options?: {_makeSnapshot?: boolean}) => Promise<any>} LoadPyodide
 */

/** Where a realm keeps what watches it, for the scripts that load Pyodide. */
export const KEY = Symbol.for("pyodide-ls");

/** How many texts that were run are kept. */
const MOST = 1000;

/** What is watched of a realm. */
export class Realm {
  /** @type {any[]} */
  #pyodides = [];
  /** @type {any[]} */
  #pythons = [];
  /** The texts that were run and are in no file of Pyodide's, by the name that they were given. @type {Map<string, string>} */
  #texts = new Map();
  /** The names of texts that were told, by file. @type {Map<string, string>} */
  #sources = new Map();
  #loading = 0;
  #limit;

  /** Those of the frames in the page. @type {Set<Realm>} */
  frames = new Set();
  #ran = 0;

  /**
   * @param {"main" | "worker"} realm
   * @param {(said: Said) => void} say
   */
  constructor(realm, say) {
    this.say = say;
    this.#limit = new Limit((o) =>
      say({ observation: { ...o, at: this.#sourced(o.at), made: this.#sourced(o.made), realm } }),
    );
    this.observer = new Observer(this.#limit.report);
    watch();
  }

  /**
   * Makes a loadPyodide that has what it loads watched.
   * @param {LoadPyodide} load
   * @param {{jspi: boolean}} browser
   * @returns {LoadPyodide}
   */
  hook(load, { jspi }) {
    if (!jspi) withoutJSPI();
    return async (options) => {
      if (options?._makeSnapshot) return load(options); // what watches it would be in the snapshot, and cannot be
      this.#loading++;
      this.changed("loading");
      try {
        const pyodide = await load(options);
        await this.#attach(pyodide).catch((error) =>
          this.say({ observation: { kind: "warned", text: `pyodide-ls cannot watch this Pyodide: ${error}` } }),
        );
        return pyodide;
      } finally {
        this.#loading--;
        if (this.#loading === 0) this.changed("loaded");
      }
    };
  }

  /** Is told that a worker is started. */
  starts() {}

  /** Is told what becomes of loading. @param {"loading" | "loaded"} _ */
  changed(_) {}

  /** Is called with each Pyodide before its program runs. @param {any} _ */
  loaded(_) {}

  /** @param {any} pyodide */
  async #attach(pyodide) {
    const python = await observerIn(pyodide);
    this.#nameTexts(pyodide);
    this.loaded(pyodide);
    this.#leaveInterrupts(pyodide);
    this.observer.watch(pyodide, python, PAGE);
    this.#pyodides.push(pyodide);
    this.#pythons.push(python);
  }

  /**
   * A program that has its Python interrupted does so on purpose, which is not told.
   * @param {any} pyodide
   */
  #leaveInterrupts(pyodide) {
    const set = pyodide.setInterruptBuffer;
    pyodide.setInterruptBuffer = (/** @type {unknown} */ buffer) => {
      this.observer.leavesInterrupts = true;
      return set.call(pyodide, buffer);
    };
  }

  /**
   * Gives each text that is run a name of its own, by which it can be found again.
   * @param {any} pyodide
   */
  #nameTexts(pyodide) {
    for (const name of ["runPython", "runPythonAsync"]) {
      const run = pyodide[name];
      pyodide[name] = (/** @type {string} */ code, /** @type {any} */ options) => {
        const filename = options?.filename ?? `<exec ${++this.#ran}>`;
        this.#keep(filename, String(code));
        return run.call(pyodide, code, { ...options, filename });
      };
    }
  }

  /**
   * @param {string} filename
   * @param {string} code
   */
  #keep(filename, code) {
    if (this.#texts.get(filename) === code) return;
    this.#sources.delete(filename);
    this.#texts.delete(filename); // what is run anew is young again
    this.#texts.set(filename, code);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > MOST) this.#texts.delete(oldest);
  }

  /**
   * Names the text that a line is of, and tells the text once.
   * @param {Site | undefined} site
   * @returns {Site | undefined}
   */
  #sourced(site) {
    if (!site) return;
    let source = this.#sources.get(site.file);
    const text = source ? undefined : this.#textOf(site.file);
    if (text !== undefined) {
      source = crypto.randomUUID();
      this.#sources.set(site.file, source);
      this.say({ source: { id: source, text } });
    }
    return { ...site, source };
  }

  /** @param {string} file */
  #textOf(file) {
    if (this.#texts.has(file)) return this.#texts.get(file);
    for (const { FS } of this.#pyodides) {
      try {
        return FS.readFile(file, { encoding: "utf8" });
      } catch {
        // It is another's, or gone.
      }
    }
  }

  /** How many things the realm waits for. */
  pending() {
    let tasks = 0;
    for (const python of this.#pythons) {
      try {
        tasks += python.get("pending")();
      } catch {
        // This Python has died and does nothing any more.
      }
    }
    for (const frame of this.frames) tasks += frame.pending();
    return this.#loading + tasks + waitingFor();
  }

  /** @param {number} patience in milliseconds */
  settle(patience) {
    return until(() => this.pending() === 0, patience);
  }

  collect() {
    return collect(this.#pythons);
  }

  /**
   * Reports what held up the page, and what lines did so often that it is only counted.
   * @param {boolean} [known] only if it is known what did; of a long task in a frame the page is told as well
   */
  look(known) {
    this.observer.reportBlocked(known);
    this.observer.reportCounted();
    for (const frame of this.frames) frame.look(true);
  }

  /** Reports what is known at the end. */
  async finish() {
    await pause(TURN); // the browser tells of a long task behind it
    this.#limit.end();
    this.observer.reportBlocked(true);
    await this.collect();
    this.observer.reportLeft();
  }
}
