// The first script of a page that stands as somebody wrote it. It watches the page, and tells the server.

import { pause, TURN, until } from "./pending.mjs";
import { press } from "./press.mjs";
import { KEY, Realm } from "./realm.mjs";

/** How long the scripts of PyScript may take until all have run, in milliseconds. */
const LOADING = 60_000;
/** How long they may take behind an error that nobody caught: of a page that fails it is never said that all have run. */
const FAILING = 2000;
/** How long a worker may take to say that it loads Pyodide, if it does. */
const STARTING = 1500;
/** How long the first Python of a worker may run and say nothing. */
const RUNNING = 2000;
/** How long a page may be silent before Pyodide is there: to load holds up the page for as long as the machine takes. */
const SILENT = 60_000;
/** How long workers are waited for that were asked what they leave behind. */
const FINISHING = 1500;

/** How often a page that somebody uses is looked at, in milliseconds. */
const LOOK = 250;

/** Where PyScript stands. */
const PYSCRIPT = /pyscript|\/core\.js$/;

const own = new URL(/** @type {HTMLScriptElement} */ (document.currentScript).src);
const outermost = around();
const relay = outermost ? undefined : new Worker(new URL("relay.js", own));
/** @param {unknown} message */
const send = (message) => relay?.postMessage(message);
if (!outermost) setInterval(() => send({ beat: true }), 100); // before what the page asks for is counted

const failed = Promise.withResolvers();

/** @param {import("./realm.mjs").Said} said */
function tell(said) {
  if ("observation" in said && said.observation.kind === "uncaught") failed.resolve(undefined);
  send(said);
}

const memory = crossOriginIsolated && !outermost ? new SharedArrayBuffer(1) : undefined;
const realm = new Realm("main", outermost?.say ?? tell);
realm.loaded = (pyodide) => {
  if (memory) pyodide.setInterruptBuffer(new Uint8Array(memory));
  send({ watch: { silence: Number(own.searchParams.get("silence")), memory } });
};
/** @type {any} */ (globalThis)[KEY] = realm;

/**
 * The realm of the page in a frame of which this one stands, however deep. Frames share its thread.
 * @returns {Realm | undefined}
 */
function around() {
  let found;
  for (let at = window; at !== at.parent; ) {
    at = /** @type {typeof window} */ (at.parent);
    try {
      found = Reflect.get(at, KEY) ?? found;
    } catch {
      break; // another origin's: the console
    }
  }
  return found;
}

/** @param {Realm} page */
function join(page) {
  page.frames.add(realm);
  addEventListener("pagehide", () => page.frames.delete(realm));
  realm.loaded = (pyodide) => page.loaded(pyodide);
  realm.starts = () => page.starts();
  realm.observer.elsewhere = (event) => page.observer.elsewhere(event);
}

/** The workers with a Pyodide, what they do, and since when. @type {Map<string, {state: string, since: number}>} */
const workers = new Map();
let started = Number.NEGATIVE_INFINITY;
realm.starts = () => {
  started = performance.now();
};

globalThis.Worker = new Proxy(Worker, {
  construct(target, args, made) {
    realm.starts();
    return Reflect.construct(target, args, made);
  },
});

// What nobody catches in a worker comes to its page as well, and brings no error along.
realm.observer.elsewhere = ({ error }) => !error && workers.size > 0;

const channel = new BroadcastChannel("pyodide-ls");

/** Whether a worker is about to run its first Python. */
function workersBegin() {
  const now = performance.now();
  const busy = [...workers.values()].some(
    ({ state, since }) => state === "loading" || (state === "loaded" && now - since < RUNNING),
  );
  return busy || now - started < STARTING;
}

/** The scripts of PyScript that have run to their end. @type {WeakSet<object>} */
const done = new WeakSet();
addEventListener("py:done", ({ target }) => target && done.add(target), true);

/** Whether PyScript runs scripts of the page, which it loads behind them. */
function hasPyScript() {
  const loads = Reflect.has(globalThis, "pyscript") || [...document.scripts].some(({ src }) => PYSCRIPT.test(src));
  return loads && document.querySelector("script[type='py'], py-script") !== null;
}

/**
 * Whether PyScript has run the page's scripts. Of those in workers it never says so, nor then of all: of them it is
 * known that a worker was started.
 */
function haveRun() {
  const scripts = [...document.querySelectorAll("script[type='py'], py-script")];
  return scripts.every((script) => (script.hasAttribute("worker") ? started > 0 : done.has(script)));
}

/** Waits until the page is there, and PyScript has run the page's scripts. */
async function there() {
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve));
  if (!hasPyScript()) return;
  await Promise.race([until(haveRun, LOADING), failed.promise.then(() => pause(FAILING))]);
}

/** @param {number} patience in milliseconds */
const settle = (patience) => until(() => realm.pending() === 0 && !workersBegin(), patience);

/** Has the workers tell what they leave behind, unless they are at work. */
async function finishWorkers() {
  channel.postMessage({ finish: true });
  await until(() => [...workers.values()].every(({ state }) => state === "finished"), workers.size && FINISHING);
}

/** Settled when the page is to tell what it leaves behind, though somebody uses it. @type {PromiseWithResolvers<void>} */
const leaves = Promise.withResolvers();

/**
 * Goes on watching for as long as somebody uses the page, and says when it first waits for them.
 * @param {number} id
 * @param {Promise<void>} settled
 */
async function stay(id, settled) {
  let loading = true; // which holds up a page by itself
  settled.then(() => {
    loading = false;
    send({ waiting: id });
  });
  // Whoever touches a page is held up by whatever holds it up, though it may go on loading.
  const touched = () => {
    realm.look(loading);
    loading = false;
  };
  for (const type of ["pointerdown", "keydown"]) addEventListener(type, touched, { capture: true, once: true });
  let used = true;
  leaves.promise.then(() => {
    used = false;
  });
  while (used) {
    realm.look(loading);
    await Promise.race([pause(LOOK), leaves.promise]);
  }
  await pause(TURN); // the browser tells of a long task behind it
  realm.look();
  await leave(id);
}

/** Tells what the page leaves behind. @param {number} id */
async function leave(id) {
  await pause(TURN);
  await realm.finish();
  for (const frame of realm.frames) await Promise.race([frame.finish(), pause(FINISHING)]); // it may go meanwhile
  await finishWorkers();
  send({ ended: id });
}

/** @param {{id: number, patience: number, press: boolean, twice: boolean, stay: boolean}} program */
async function run({ id, patience, press: presses, twice, stay: stays }) {
  await Promise.race([there(), pause(LOADING)]);
  if (stays) return stay(id, settle(patience));
  await settle(patience);
  if (presses) {
    await press(realm.observer, { settle: () => settle(patience), collect: () => realm.collect(), twice });
  }
  await leave(id);
}

if (outermost) join(outermost);
else {
  channel.onmessage = ({ data: { said, worker, state } }) => {
    if (said) tell(said);
    if (worker) workers.set(worker, { state, since: performance.now() });
  };
  /** @type {Worker} */ (relay).onmessage = ({ data }) => {
    if (data.do === "run") run(data.program);
    if (data.do === "finish") leaves.resolve();
  };
  send({ hello: "" });
  send({ watch: { silence: SILENT } });
  send({ observation: { kind: "isolation", isolated: crossOriginIsolated, realm: "main" } });
}
