// Which lines made which proxies, and which of those are still there.

/** @typedef {{ref: WeakRef<object>, at: string, lives: (proxy: object) => boolean}} Made */

const ONCE = "OnceProxy can only be called once";

/**
 * Has what may be called only once say who made it when it is called again.
 * @param {((...args: any[]) => any) & {destroy: () => void}} callable
 * @param {string} at
 */
export function once(callable, at) {
  if (at === "") return callable;
  const named = (/** @type {any[]} */ ...args) => {
    try {
      return callable(...args);
    } catch (error) {
      if (error instanceof Error && error.message === ONCE) error.message = `${ONCE}\n(made at ${at})`;
      throw error;
    }
  };
  return Object.assign(named, { destroy: () => callable.destroy() });
}

/** The proxies that the program made. It keeps none of them alive. */
export class Proxies {
  /** @type {Set<Made>} */
  #made = new Set();
  /** @type {WeakMap<object, Made>} */
  #records = new WeakMap();

  /**
   * Notes who makes proxies. Pyodide's own tracing would take the stack of each, which costs several times what a
   * proxy does.
   * @param {any} module of a Pyodide
   * @param {() => string} where
   */
  trace(module, where) {
    const { pyproxy_new: create, pyproxy_destroy: destroy } = module;
    const lives = (/** @type {object} */ proxy) => module.PyProxy_getAttrsQuiet(proxy).shared.ptr !== 0;
    module.pyproxy_new = (/** @type {any[]} */ ...args) => {
      const proxy = create(...args);
      const at = args[1]?.shared ? "" : where(); // those that share are one
      if (at === "") return proxy;
      const record = { ref: new WeakRef(proxy), at, lives };
      this.#made.add(record);
      this.#records.set(proxy, record);
      return proxy;
    };
    module.pyproxy_destroy = (
      /** @type {object} */ proxy,
      /** @type {string} */ message,
      /** @type {any[]} */ ...rest
    ) => {
      const record = this.#records.get(proxy);
      const said = record ? `${message || "Object has already been destroyed"}\n(made at ${record.at})` : message;
      destroy(proxy, said, ...rest);
      if (record && !lives(proxy)) this.#made.delete(record);
    };
  }

  clear() {
    this.#made.clear();
  }

  /** How many are still there, by line. */
  live() {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const record of this.#made) {
      const proxy = record.ref.deref();
      if (proxy === undefined || !record.lives(proxy)) this.#made.delete(record);
      else counts.set(record.at, (counts.get(record.at) ?? 0) + 1);
    }
    return counts;
  }
}
