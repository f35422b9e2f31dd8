// Watches one Pyodide: which line made which proxy, what waited for how long, what nobody caught.

/**
 * @typedef {{file: string, line: number}} Site
 * @typedef {{kind: string, text?: string, at?: Site, made?: Site, milliseconds?: number, count?: number,
 *   isolated?: boolean, realm?: string}} Observation
 * @typedef {{call: string, began: number, ended: number, at: Site | undefined}} Call
 */

const PROGRAM = "/program/";

/**
 * The line that FILE:LINE names.
 * @param {string | undefined} text
 * @returns {Site | undefined}
 */
export function site(text) {
  const m = /^(.+):(\d+)$/.exec(text ?? "");
  return m ? { file: m[1], line: Number(m[2]) } : undefined;
}

/**
 * The innermost line of the program that a traceback names.
 * @param {string} traceback
 */
export function innermost(traceback) {
  const all = [...traceback.matchAll(/File "\/program\/([^"\n]+)", line (\d+)/g)];
  const last = all.at(-1);
  return last ? { file: last[1], line: Number(last[2]) } : undefined;
}

const MADE = /\n\(made at (.+:\d+)\)/;

/**
 * What an error says, without the traceback, and where it came from.
 * @param {unknown} error
 * @returns {{text: string, at: Site | undefined, made: Site | undefined}}
 */
export function told(error) {
  const whole = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const text = whole.replace(MADE, "").replace(/\nFor more information about the cause of this error.*/, "");
  const at = text.includes("Traceback (most recent call last)") ? innermost(text) : undefined;
  return { text: lastOf(text), at, made: site(MADE.exec(whole)?.[1]) };
}

/**
 * What a traceback ends with: all behind its last frame, for a message may have several lines; else all of the text.
 * @param {string} text
 */
function lastOf(text) {
  const lines = text.trimEnd().split("\n");
  const frame = lines.findLastIndex((line) => line.startsWith('  File "'));
  const end = lines.findIndex((line, i) => i > frame && !line.startsWith("  "));
  return frame < 0 || end < 0 ? text.trim() : lines.slice(end).join("\n");
}

/** The observer of one realm. */
export class Observer {
  /** @type {Set<{ref: WeakRef<object>, at: string}>} */
  #made = new Set();
  /** @type {WeakMap<object, {ref: WeakRef<object>, at: string}>} */
  #records = new WeakMap();
  /** @type {Call[]} */
  #calls = [];
  /** @type {PerformanceEntry[]} */
  #tasks = [];
  /** @type {PerformanceObserver | undefined} */
  #long;
  /** @type {() => string} */
  #where = () => "";

  /** @param {(o: Observation) => void} report */
  constructor(report) {
    this.report = report;
    this.#watchErrors();
    this.#watchConsole();
    this.#watchRequests();
    if (typeof document !== "undefined" && PerformanceObserver.supportedEntryTypes.includes("longtask")) {
      this.#long = new PerformanceObserver((list) => this.#tasks.push(...list.getEntries()));
      this.#long.observe({ entryTypes: ["longtask"] });
    }
  }

  #watchErrors() {
    const uncaught = (/** @type {unknown} */ error) => {
      const said = told(error);
      if (!said.text.startsWith("KeyboardInterrupt")) this.report({ kind: "uncaught", ...said }); // which is our own
    };
    self.addEventListener("error", (event) => uncaught(event.error ?? event.message));
    self.addEventListener("unhandledrejection", (event) => uncaught(event.reason));
  }

  #watchConsole() {
    for (const name of /** @type {const} */ (["debug", "log", "info", "warn", "error"])) {
      const write = console[name];
      console[name] = (...values) => {
        write.apply(console, values);
        // So PyScript tells of exceptions in the scripts of a page.
        const failed =
          name === "error" && values.find((value) => value instanceof Error && value.name === "PythonError");
        if (failed) this.report({ kind: "uncaught", ...told(failed) });
        else this.report({ kind: "logged", text: values.map(String).join(" "), at: site(this.#where()) });
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
    const where = () => this.#where();
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
   * Watches a Pyodide from now on.
   * @param {any} pyodide
   * @param {any} python what observer.py defines
   */
  watch(pyodide, python) {
    this.#where = python.get("where");
    python.get("time_calls")(this.#took.bind(this));
    const module = pyodide._module;
    module.enable_pyproxy_allocation_tracing();
    // The map that is there would hold all proxies, so that none would ever be collected.
    module.pyproxy_alloc_map.set = (/** @type {object} */ proxy) => {
      const at = this.#where();
      if (at === "") return;
      const record = { ref: new WeakRef(proxy), at };
      this.#made.add(record);
      this.#records.set(proxy, record);
    };
    module.pyproxy_alloc_map.delete = (/** @type {object} */ proxy) => {
      const record = this.#records.get(proxy);
      if (record) this.#made.delete(record);
    };
    const destroy = module.pyproxy_destroy;
    module.pyproxy_destroy = (
      /** @type {object} */ proxy,
      /** @type {string} */ message,
      /** @type {any[]} */ ...rest
    ) => {
      const record = this.#records.get(proxy);
      const said = record ? `${message || "Object has already been destroyed"}\n(made at ${record.at})` : message;
      return destroy(proxy, said, ...rest);
    };
  }

  /** Forgets what came before, so that only what comes now is told. */
  begin() {
    this.#long?.takeRecords();
    this.#made.clear();
    this.#calls = [];
    this.#tasks = [];
  }

  /** Reports for how long the main thread could do nothing else, and what held it up, since it began. */
  reportBlocked() {
    this.#tasks.push(...(this.#long?.takeRecords() ?? []));
    for (const task of this.#tasks) {
      const [from, to] = [task.startTime, task.startTime + task.duration];
      const within = this.#calls.filter((c) => c.began < to && c.ended > from);
      const longest = within.toSorted((a, b) => b.ended - b.began - (a.ended - a.began))[0];
      this.report({ kind: "blocked", text: longest?.call, at: longest?.at, milliseconds: Math.round(task.duration) });
    }
    this.#tasks = [];
    this.#calls = [];
  }

  /** Reports the proxies that are still there, by the line that made them. All else must be collected before. */
  reportLive() {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const record of this.#made) {
      if (record.ref.deref() === undefined) this.#made.delete(record);
      else counts.set(record.at, (counts.get(record.at) ?? 0) + 1);
    }
    for (const [at, count] of counts) this.report({ kind: "live", at: site(at), count });
  }
}

export { PROGRAM };
