// Watches one realm and the Pyodides in it: which line made which proxy, what waited for how long, what nobody caught.

import { watchFiles } from "./files.mjs";
import { watchMemory } from "./memory.mjs";
import { once, Proxies } from "./proxies.mjs";
import { programIs, scriptLine, site, told } from "./told.mjs";

/**
 * @typedef {import("./told.mjs").Site} Site
 * @typedef {{kind: string, text?: string, at?: Site, made?: Site, milliseconds?: number, count?: number,
 *   isolated?: boolean, realm?: string}} Observation
 * @typedef {{call: string, began: number, ended: number, at: Site | undefined}} Call
 */

/** What Pyodide finds where it looks whether it is to be interrupted. */
const SIGINT = 2;
/** How soon behind an interrupt another is the same one, in milliseconds. */
const SAME = 250;

/**
 * Asks Python only while it can answer: it dies of being called while it has let go of its lock, as it does to write.
 * @param {any} module of a Pyodide
 * @param {() => string} where
 * @returns {() => string}
 */
function safely(module, where) {
  return () => {
    if (module._PyGILState_Check?.() === 0) return "";
    try {
      return where();
    } catch (error) {
      // The program is to be interrupted, and not what is asked of it.
      const interrupt = module.Py_EmscriptenSignalBuffer;
      if (interrupt && String(error).includes("KeyboardInterrupt")) interrupt[0] = SIGINT;
      return ""; // or it has died
    }
  };
}

/** The observer of one realm. */
export class Observer {
  #proxies = new Proxies();
  /** @type {Call[]} */
  #calls = [];
  /** Where Python was when it was asked, while it held up the thread. @type {{when: number, at: string}[]} */
  #samples = [];
  /** @type {PerformanceEntry[]} */
  #tasks = [];
  /** @type {PerformanceObserver | undefined} */
  #long;
  /** What names the line that runs, in each Pyodide. @type {(() => string)[]} */
  #wheres = [];
  /** What lines do again and again, which is told once. @type {Map<string, {told: Observation, count: number}>} */
  #tally = new Map();
  /** The files that are not synced, and who opened them, in each Pyodide.
   * @type {{files: Set<string>, openedBy: (path: string) => string}[]} */
  #unsynced = [];
  /** What nobody caught so far, and whether that is to be told again. @type {Set<string>} */
  #uncaught = new Set();
  #again = false;
  /** When what is now done was done before. @type {{from: number, to: number}[]} */
  #repeats = [];
  /** Whether the program has its Python interrupted by itself. */
  leavesInterrupts = false;
  /** When Python was interrupted last. */
  #interrupted = Number.NEGATIVE_INFINITY;
  /** The lines whose proxies are told as growing. @type {Set<string>} */
  #grown = new Set();

  /** @param {(o: Observation) => void} report */
  constructor(report) {
    this.report = report;
    this.#watchErrors();
    this.#watchConsole();
    this.#watchRequests();
    watchMemory((kind) => this.#count(kind, undefined, this.where()));
    if (typeof document !== "undefined" && PerformanceObserver.supportedEntryTypes.includes("longtask")) {
      this.#long = new PerformanceObserver((list) => this.#tasks.push(...list.getEntries()));
      this.#long.observe({ entryTypes: ["longtask"] });
    }
  }

  /** The line of the program that runs, as FILE:LINE, or nothing. */
  where() {
    for (const where of this.#wheres) {
      const at = where();
      if (at) return at;
    }
    return "";
  }

  /**
   * @param {unknown} error
   * @param {Site} [script] the line of a script, where it is known
   */
  #fails(error, script) {
    const said = told(error);
    said.at ??= script;
    if (said.text.startsWith("KeyboardInterrupt") && !this.leavesInterrupts) return this.stopped(said);
    const key = JSON.stringify(said);
    if (this.#again && this.#uncaught.has(key)) return;
    this.#uncaught.add(key);
    this.report({ kind: "uncaught", ...said });
  }

  /**
   * Reports that Python is interrupted, whatever becomes of that: the page may catch it.
   * @param {string} at
   */
  interrupts(at) {
    if (this.leavesInterrupts) return;
    const now = performance.now();
    if (now - this.#interrupted > SAME) this.report({ kind: "stopped", text: "KeyboardInterrupt", at: site(at) });
    this.#interrupted = now;
  }

  /**
   * Reports an error that says that Python was interrupted, unless that is known.
   * @param {{text: string, at?: Site}} said
   */
  stopped(said) {
    if (this.#interrupted > Number.NEGATIVE_INFINITY) return;
    this.#interrupted = performance.now();
    this.report({ kind: "stopped", ...said });
  }

  /** Whether an error is told by another realm, in which it happened. @param {ErrorEvent} _ */
  elsewhere(_) {
    return false;
  }

  #watchErrors() {
    self.addEventListener("error", (event) => {
      if (!this.elsewhere(event)) this.#fails(event.error ?? event.message, scriptLine(event));
    });
    self.addEventListener("unhandledrejection", (event) => this.#fails(event.reason));
  }

  #watchConsole() {
    for (const name of /** @type {const} */ (["debug", "log", "info", "warn", "error"])) {
      const write = console[name];
      console[name] = (...values) => {
        write.apply(console, values);
        // So PyScript tells of exceptions in the scripts of a page.
        const failed =
          name === "error" && values.find((value) => value instanceof Error && value.name === "PythonError");
        if (failed) this.#fails(failed);
        else this.report({ kind: "logged", text: values.map(String).join(" "), at: site(this.where()) });
      };
    }
  }

  /** Requests that hold up whoever sends them. */
  #watchRequests() {
    const { open, send } = XMLHttpRequest.prototype;
    /** @type {WeakSet<XMLHttpRequest>} */
    const synchronous = new WeakSet();
    XMLHttpRequest.prototype.open = function (/** @type {any[]} */ ...args) {
      if (args.length > 2 && !args[2]) synchronous.add(this);
      else synchronous.delete(this);
      // @ts-expect-error as many arguments as there are: with two and with three it does not do the same
      return open.apply(this, args);
    };
    const took = this.#took.bind(this);
    const where = () => this.where();
    XMLHttpRequest.prototype.send = function (body) {
      if (!synchronous.has(this)) return send.call(this, body);
      const [began, at] = [performance.now(), where()];
      try {
        return send.call(this, body);
      } finally {
        took("a synchronous request", performance.now() - began, at);
      }
    };
  }

  /**
   * @param {string} call
   * @param {number} milliseconds
   * @param {string} at
   */
  #took(call, milliseconds, at) {
    const ended = performance.now();
    this.#calls.push({ call, began: ended - milliseconds, ended, at: site(at) });
  }

  /**
   * Counts what a line of the program does; what others do is their own affair.
   * @param {string} kind
   * @param {string | undefined} text
   * @param {string} at
   */
  #count(kind, text, at) {
    if (at === "") return;
    const key = JSON.stringify([kind, text, at]);
    const one = this.#tally.get(key) ?? { told: { kind, text, at: site(at) }, count: 0 };
    one.count++;
    this.#tally.set(key, one);
  }

  /**
   * Watches a Pyodide from now on.
   * @param {any} pyodide
   * @param {any} python what observer.py defines
   * @param {string} own says which files are the program's
   */
  watch(pyodide, python, own) {
    programIs(own);
    const where = safely(pyodide._module, python.get("where"));
    this.#wheres.push(where);
    python.get("watch")(
      own,
      this.#took.bind(this),
      (/** @type {string} */ name, /** @type {string} */ at) => this.#count("unawaited", name, at),
      (/** @type {string} */ at) => this.#long && this.#samples.push({ when: performance.now(), at }),
      once,
      this.interrupts.bind(this),
    );
    this.#unsynced.push({ files: watchFiles(pyodide.FS), openedBy: python.get("opened_by") });
    this.#proxies.trace(pyodide._module, where);
  }

  /** Forgets what came before, so that only what comes now is told. */
  begin() {
    this.#long?.takeRecords();
    this.#proxies.clear();
    this.#calls = [];
    this.#tasks = [];
    this.#samples = [];
    this.#tally.clear();
    this.#uncaught.clear();
    this.#grown.clear();
    this.#repeats = [];
    this.#interrupted = Number.NEGATIVE_INFINITY;
    for (const { files } of this.#unsynced) files.clear();
  }

  /**
   * Does what was done before once more, and tells only what is new of it.
   * @param {() => Promise<void>} act
   */
  async again(act) {
    const repeat = { from: performance.now(), to: Number.POSITIVE_INFINITY };
    this.#repeats.push(repeat); // at once: what holds up the page is told meanwhile
    this.#again = true;
    await act();
    this.#again = false;
    repeat.to = performance.now();
  }

  /**
   * Reports for how long the main thread could do nothing else, and what held it up, since it began.
   * @param {boolean} [known] only if it is known what did
   */
  reportBlocked(known) {
    this.#tasks.push(...(this.#long?.takeRecords() ?? []));
    for (const task of this.#tasks) {
      const [from, to] = [task.startTime, task.startTime + task.duration];
      if (this.#repeats.some((r) => r.from < from && to < r.to)) continue;
      const within = this.#calls.filter((c) => c.began < to && c.ended > from);
      const longest = within.toSorted((a, b) => b.ended - b.began - (a.ended - a.began))[0];
      if (known && !longest) continue;
      const at = longest ? longest.at : site(this.#busiest(from, to));
      this.report({ kind: "blocked", text: longest?.call, at, milliseconds: Math.round(task.duration) });
    }
    this.#tasks = [];
    this.#calls = [];
    this.#samples = [];
  }

  /**
   * The line at which Python was most often within a time.
   * @param {number} from
   * @param {number} to
   */
  #busiest(from, to) {
    const lines = Map.groupBy(
      this.#samples.filter(({ when, at }) => from < when && when < to && at !== ""),
      ({ at }) => at,
    );
    return [...lines].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
  }

  /** How many proxies are still there, by the line that made them. All else must be collected before. */
  live() {
    return this.#proxies.live();
  }

  /**
   * Reports the lines of which each of two like events left proxies behind, and how many the second left.
   * @param {Map<string, number>[]} counts before, between and behind them
   */
  reportGrown([before, between, behind]) {
    for (const [at, count] of behind) {
      const middle = between.get(at) ?? 0;
      if (count <= middle || middle <= (before.get(at) ?? 0) || this.#grown.has(at)) continue;
      this.#grown.add(at);
      this.report({ kind: "grown", at: site(at), count: count - middle });
    }
  }

  /** Reports what lines of the program did, and how often, since that was told. */
  reportCounted() {
    for (const { told, count } of this.#tally.values()) this.report({ ...told, count });
    this.#tally.clear();
  }

  /** Reports what was left behind. All that is not needed must be collected before. */
  reportLeft() {
    for (const [at, count] of this.live()) {
      if (!this.#grown.has(at)) this.report({ kind: "live", at: site(at), count });
    }
    this.reportCounted();
    for (const { files, openedBy } of this.#unsynced) {
      for (const path of files) this.report({ kind: "unsynced", text: path, at: site(openedBy(path)) });
    }
  }
}
