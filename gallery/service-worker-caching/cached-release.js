// What a service worker does with a release: it keeps all files of it or none, and answers with nothing else.

/**
 * A release of an application.
 * @typedef {object} Release
 * @property {string} name which no other release has had
 * @property {string} runtime where Pyodide's files stand: an address that names the version and ends with a slash
 * @property {Record<string, string>} files by the address that a page asks for, the one that it is brought from. They are
 *   relative to the scope of the service worker
 */

/**
 * Serves a release from now on.
 * @param {Release} release
 */
// biome-ignore lint/correctness/noUnusedVariables: the service workers call it, which import this script
function serveRelease({ name, runtime, files }) {
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const { scope } = worker.registration;
  // The caches of one origin are shared by all applications on it.
  const app = `${scope} app ${name}`;
  const python = `${scope} python ${runtime}`;
  /** @type {Map<string, string>} */
  const sources = new Map();
  for (const [asked, from] of Object.entries(files)) sources.set(new URL(asked, scope).href, new URL(from, scope).href);

  /** Brings all that the release needs and that is not here. It fails, and the release with it, if anything is missing. */
  async function install() {
    // Pyodide's address names its version, so that what the browser has of it is right. The release's do not.
    await bring(python, await runtimeFiles(runtime), "default");
    await bring(app, new Set(sources.values()), "reload");
  }

  /** Removes what only older releases needed. */
  async function removeOld() {
    for (const key of await caches.keys()) {
      if (key.startsWith(`${scope} `) && key !== app && key !== python) await caches.delete(key);
    }
  }

  /**
   * Answers from the release, without a look at the network. Only a browser that has thrown the caches away asks there.
   * @param {Request} request
   * @param {string} source
   */
  async function answer(request, source) {
    const kept = await caches.match(source, { cacheName: app });
    return kept ? plain(kept) : fetch(request);
  }

  /**
   * Answers with a file of Pyodide's, and keeps those that are asked for later, such as the wheels of packages.
   * @param {FetchEvent} event
   */
  async function answerPython(event) {
    const kept = await caches.match(event.request, { cacheName: python, ignoreVary: true });
    if (kept) return kept;
    const brought = await fetch(event.request);
    const copy = brought.clone();
    if (brought.ok) event.waitUntil(caches.open(python).then((cache) => cache.put(event.request, copy)));
    return brought;
  }

  worker.addEventListener("install", (event) => event.waitUntil(install()));
  worker.addEventListener("activate", (event) => event.waitUntil(removeOld()));
  worker.addEventListener("message", (event) => {
    if (event.data === "switch") worker.skipWaiting();
  });
  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET") return;
    const source = sources.get(request.url.replace(/[?#].*/, ""));
    if (source) event.respondWith(answer(request, source));
    else if (request.url.startsWith(runtime)) event.respondWith(answerPython(event));
  });
}

/**
 * Adds to a cache what it lacks, all of it or none.
 * @param {string} cache
 * @param {Iterable<string>} addresses
 * @param {RequestCache} mode
 */
async function bring(cache, addresses, mode) {
  const opened = await caches.open(cache);
  const lacking = [];
  for (const address of addresses) {
    if (!(await opened.match(address, { ignoreVary: true }))) lacking.push(new Request(address, { cache: mode }));
  }
  try {
    await opened.addAll(lacking);
  } catch (error) {
    if ((await opened.keys()).length === 0) await caches.delete(cache);
    throw error;
  }
}

/**
 * The files without which no Python starts. Which name the machine's script has the loader says: it is a module from
 * Pyodide 314 on.
 * @param {string} runtime
 */
async function runtimeFiles(runtime) {
  const loader = `${runtime}pyodide.mjs`;
  const [machine] = /pyodide\.asm\.m?js/.exec(await (await fetch(loader)).text()) ?? ["pyodide.asm.mjs"];
  return [
    loader,
    ...[machine, "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"].map((file) => runtime + file),
  ];
}

/**
 * The same answer without the mark that a server had led elsewhere on the way to it: with that, no page is shown.
 * @param {Response} answer
 */
function plain(answer) {
  return answer.redirected ? new Response(answer.body, answer) : answer;
}
