// What a program has asked its page or worker for: timers, requests, listeners. It is done when it waits for none of
// them, and gone when they are undone.

/** What the program did not see replaced. */
const real = {
  setTimeout: globalThis.setTimeout.bind(globalThis),
  clearTimeout: globalThis.clearTimeout.bind(globalThis),
  setInterval: globalThis.setInterval.bind(globalThis),
  clearInterval: globalThis.clearInterval.bind(globalThis),
  fetch: globalThis.fetch.bind(globalThis),
};

/** How many timers one after the other, each set by the one before, are a program at work and no clock that goes on. */
const CHAIN = 5;

/** The timers that are set, each with the number of those that led to it. @type {Map<number, number>} */
const timers = new Map();
/** The number of timers that led to what runs now. */
let chain = 0;
/** @type {Set<number>} */
const intervals = new Set();
let requests = 0;
/**
 * What listens to what. It keeps neither alive: the page's collector takes an element with all that listens to it.
 * @typedef {{target: WeakRef<EventTarget>, type: string, listener: WeakRef<object>, capture: boolean}} Listening
 * @type {Set<Listening>}
 */
const listeners = new Set();
/** @type {FinalizationRegistry<Listening>} */
const collected = new FinalizationRegistry((listening) => listeners.delete(listening));

/**
 * Waits without being waited for.
 * @param {number} milliseconds
 */
export const pause = (milliseconds) => new Promise((resolve) => real.setTimeout(resolve, milliseconds));

/** How often a program is asked whether it is done, in milliseconds. */
export const TURN = 10;
/** How many times in a row it must be. */
const TURNS = 4;

/**
 * Waits until something is so and stays so, or no longer than a patience in milliseconds.
 * @param {() => boolean} quiet
 * @param {number} patience
 */
export async function until(quiet, patience) {
  const end = performance.now() + patience;
  for (let turns = 0; turns < TURNS && performance.now() < end; ) {
    await pause(TURN);
    turns = quiet() ? turns + 1 : 0;
  }
}

/** How many things of the page's the program waits for. Intervals do not count, however they are made: they never end. */
export const waitingFor = () => [...timers.values()].filter((before) => before < CHAIN).length + requests;

/** Counts what the program will ask for from now on. */
export function watch() {
  Object.assign(globalThis, {
    /**
     * @param {TimerHandler} callback
     * @param {number} [delay] in milliseconds
     * @param {any[]} args
     */
    setTimeout(callback, delay, ...args) {
      if (typeof callback !== "function") return real.setTimeout(callback, delay); // a text, which nobody waits for
      const before = chain;
      const id = real.setTimeout(
        /** @param {any[]} given */ (...given) => {
          timers.delete(id);
          chain = before + 1;
          try {
            callback(...given);
          } finally {
            chain = 0;
          }
        },
        delay,
        ...args,
      );
      timers.set(id, before);
      return id;
    },
    /** @param {number} id */
    clearTimeout(id) {
      timers.delete(id);
      real.clearTimeout(id);
    },
    /**
     * @param {TimerHandler} callback
     * @param {number} [delay] in milliseconds
     * @param {any[]} args
     */
    setInterval(callback, delay, ...args) {
      const id = real.setInterval(callback, delay, ...args);
      intervals.add(id);
      return id;
    },
    /** @param {number} id */
    clearInterval(id) {
      intervals.delete(id);
      real.clearInterval(id);
    },
    /** @param {Parameters<typeof fetch>} args */
    async fetch(...args) {
      requests++;
      try {
        return await real.fetch(...args);
      } finally {
        requests--;
      }
    },
  });
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? globalThis; // a script may call it by its name alone
    add.call(target, type, listener, options);
    if (!listener) return; // which does nothing
    const capture = typeof options === "object" ? options?.capture === true : options === true;
    const listening = { target: new WeakRef(target), type, listener: new WeakRef(listener), capture };
    listeners.add(listening);
    collected.register(listener, listening);
  };
}

/** Forgets what was asked for until now: it was not the program. */
export function forget() {
  timers.clear();
  intervals.clear();
  listeners.clear();
  requests = 0;
}

/** Undoes what the program left behind. */
export function undo() {
  for (const id of timers.keys()) real.clearTimeout(id);
  for (const id of intervals) real.clearInterval(id);
  for (const { target, type, listener, capture } of listeners) {
    target
      .deref()
      ?.removeEventListener(type, /** @type {EventListener | undefined} */ (listener.deref()) ?? null, capture);
  }
  forget();
  if (typeof document !== "undefined") {
    document.title = "";
    document.body = document.createElement("body");
  }
}
