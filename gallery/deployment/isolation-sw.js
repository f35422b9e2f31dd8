// A service worker that gives the pages and the workers of its folder the headers that isolate them, where the server
// sends none. All else it leaves to the browser.

/** What isolates a page. @type {Record<string, string>} */
const HEADERS = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

/** A page learns by this which answer is not as the server sent it: headers of its own are not shown to it. */
const MARK = 'isolation;desc="service worker"';

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** What must have the headers: pages, what they show in frames, and workers, each for itself. @type {RequestDestination[]} */
const NEED_HEADERS = ["document", "iframe", "worker", "sharedworker"];

/**
 * Brings what was asked for, and adds the headers.
 * @param {Request} request
 */
async function answer(request) {
  const [brought, gone] = await Promise.all([fetch(request), request.mode === "navigate" && isGone()]);
  if (gone) await worker.registration.unregister();
  // What leads elsewhere comes here again; what has the headers needs no others.
  if (gone || brought.type !== "basic" || isIsolated(brought)) return brought;
  const headers = new Headers(brought.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  headers.append("Server-Timing", MARK);
  return new Response(brought.body, { status: brought.status, statusText: brought.statusText, headers });
}

/** @param {Response} brought */
function isIsolated({ headers }) {
  return Object.keys(HEADERS).every((name) => headers.has(name));
}

/**
 * Whether the server no longer has this script. A service worker stays in a browser when its pages are long gone, and
 * would change whatever comes to stand at their address. Without a network nothing is known.
 */
async function isGone() {
  try {
    const { status, headers } = await fetch(self.location.href, { cache: "no-store" });
    return status === 404 || status === 410 || (status === 200 && !/script/.test(headers.get("content-type") ?? ""));
  } catch {
    return false;
  }
}

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const own = new URL(request.url).origin === self.location.origin;
  if (own && NEED_HEADERS.includes(request.destination)) event.respondWith(answer(request));
});
