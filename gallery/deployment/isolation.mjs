// Makes a page cross-origin isolated where its server does not, and says which way that is.

/**
 * How a page is isolated, or why it is not. If it was loaded twice for that, `cost` is what that took, in milliseconds.
 * @typedef {{way: "headers"} | {way: "service worker", cost?: number} | {way: "none", why: Why}} Isolation
 * @typedef {"frame" | "unsupported" | "failed" | "removed"} Why
 */

/**
 * What the next load is to know. It is not kept for the tab alone: in Chromium, an isolated page and one that is not may
 * each see another `sessionStorage`, as they have two processes, and between them `history.state` gets lost.
 */
const KEY = `isolation of ${new URL("./", location.href)}`;
const REMOVED = "removed";
/** How soon behind a try a load is the one that it was made for, in milliseconds. */
const SOON = 10_000;
/** How long a service worker may take until it is ready, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Isolates the page. Call it before all else: on the first visit it loads the page again, once, and does not return.
 * @param {string} script the service worker, which stands in the folder of the page
 * @returns {Promise<Isolation>}
 */
export async function isolate(script) {
  const note = localStorage.getItem(KEY);
  if (crossOriginIsolated) {
    localStorage.removeItem(KEY);
    const began = tried(note);
    if (addedHere()) return { way: "service worker", ...(began && { cost: performance.timeOrigin - began }) };
    unregister(script).catch(console.warn); // the server does it by now
    return { way: "headers" };
  }
  const why = whyNot(note);
  if (why) return { way: "none", why };
  try {
    await Promise.race([register(script), late()]);
  } catch (error) {
    console.warn(`${script} could not be registered: ${error}`);
    return { way: "none", why: "failed" };
  }
  localStorage.setItem(KEY, JSON.stringify({ began: performance.timeOrigin, tried: Date.now() }));
  return reload();
}

/**
 * Ends what the service worker does, and loads the page again without it. In this browser it stays so until `enter`.
 * @param {string} script
 * @returns {Promise<never>}
 */
export async function leave(script) {
  await unregister(script);
  localStorage.setItem(KEY, REMOVED);
  return reload();
}

/**
 * Undoes `leave`.
 * @returns {Promise<never>}
 */
export async function enter() {
  localStorage.removeItem(KEY);
  return reload();
}

/**
 * When the load began that registered the service worker, if this is the one behind it.
 * @param {string | null} note
 * @returns {number | undefined}
 */
function tried(note) {
  if (!note || note === REMOVED) return;
  const { began, tried } = JSON.parse(note);
  if (performance.timeOrigin - tried < SOON) return began;
}

/**
 * Why the service worker is not tried.
 * @param {string | null} note
 * @returns {Why | undefined}
 */
function whyNot(note) {
  if (self !== top) return "frame"; // which is isolated only if all around it are
  if (!navigator.serviceWorker) return "unsupported";
  if (note === REMOVED) return "removed";
  return tried(note) ? "failed" : undefined; // to load it once more would change nothing
}

/** Whether the service worker has added the headers of this page. */
function addedHere() {
  const [page] = performance.getEntriesByType("navigation");
  const { serverTiming } = /** @type {PerformanceNavigationTiming} */ (page);
  return serverTiming.some(({ name }) => name === "isolation");
}

/** @param {string} script */
async function register(script) {
  await navigator.serviceWorker.register(script);
  await navigator.serviceWorker.ready;
}

/** A service worker that is not ready by then is not waited for: the page starts without. @returns {Promise<never>} */
function late() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error("it takes too long")));
}

/** @param {string} script */
async function unregister(script) {
  const registration = await navigator.serviceWorker?.getRegistration();
  // It may be another's: there is one for each folder.
  if (registration?.active?.scriptURL === new URL(script, location.href).href) await registration.unregister();
}

/** @returns {Promise<never>} */
function reload() {
  location.reload();
  return new Promise(() => {}); // what follows is for the page that comes
}
