// The page's side of its service worker: has it kept for use offline, and tells when there is a new release.

/**
 * What a page is told.
 * @typedef {object} Told
 * @property {() => void} kept all of it is here, and it starts without the network from now on
 * @property {(use: () => void) => void} offered a new release is here, and is used when that is called
 * @property {() => void} failed a release could not be brought whole, so that nothing has changed
 */

/**
 * Has the page kept by a service worker.
 * @param {string} script
 * @param {Told} told
 * @returns {Promise<(script: string) => Promise<void>>} registers another script in place of it
 * @throws {Error} where there are no service workers: without HTTPS, in some private windows
 */
export async function keepOffline(script, told) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) throw new Error("This browser keeps no pages here.");
  const scope = new URL("./", location.href).href;
  const before = await serviceWorker.getRegistration(scope);
  // A reload when another release takes over: all of the page is of one release, in every tab.
  if (serviceWorker.controller) serviceWorker.addEventListener("controllerchange", () => location.reload());

  /** @param {ServiceWorker} worker */
  function offer(worker) {
    told.offered(() => worker.postMessage("switch"));
  }

  /** @param {ServiceWorkerRegistration} registration */
  function follow({ installing, active }) {
    const replaces = active !== null;
    let whole = false;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "redundant" && !whole) told.failed();
      if (installing.state === "installed" && replaces) offer(installing);
      if (installing.state === "activated" && !replaces) told.kept();
      whole = true;
    });
  }

  /** @param {string} url */
  const register = (url) => serviceWorker.register(url, { scope, updateViaCache: "none" });
  const registration = before?.scope === scope ? before : await register(script);
  registration.addEventListener("updatefound", () => follow(registration));
  if (registration.installing) follow(registration);
  if (registration.waiting) offer(registration.waiting);
  if (registration.active) told.kept();
  // A page that is open for days looks for a new release when it is looked at.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") registration.update().catch(() => {}); // offline
  });
  return async (url) => {
    await register(url);
  };
}

/**
 * What is kept for this page.
 * @returns {Promise<{name: string, files: number, bytes: number}[]>}
 */
export async function keptCaches() {
  const prefix = `${new URL("./", location.href)} `;
  const all = [];
  for (const key of (await caches.keys()).filter((name) => name.startsWith(prefix))) {
    const cache = await caches.open(key);
    const answers = await cache.matchAll();
    const sizes = await Promise.all(answers.map(async (answer) => (await answer.blob()).size));
    all.push({
      name: key.slice(prefix.length),
      files: sizes.length,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
    });
  }
  return all;
}
