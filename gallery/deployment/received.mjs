// What a host sends, as the browser sees it, and whether that is right.

/**
 * @typedef {import("./isolation.mjs").Isolation} Isolation
 * @typedef {{right: boolean, found: string}} Received
 */

/**
 * The value of a header.
 * @param {string} file
 * @param {string} name
 */
async function header(file, name) {
  const answer = await fetch(file, { method: "HEAD", cache: "no-store" });
  return answer.headers.get(name) ?? "nothing";
}

/**
 * Whether a header is as an expression says.
 * @param {string} file
 * @param {string} name
 * @param {RegExp} expected
 * @returns {Promise<Received>}
 */
async function check(file, name, expected) {
  const found = await header(file, name);
  return { right: expected.test(found), found };
}

/** What there is to check, by the ids of the rows. @type {Record<string, (isolation: Isolation) => Promise<Received>>} */
export const CHECKS = {
  async isolation({ way }) {
    const found = { headers: "by headers", "service worker": "by a service worker", none: "not at all" }[way];
    return { right: crossOriginIsolated, found };
  },
  workers: ({ way }) =>
    way === "service worker"
      ? Promise.resolve({ right: true, found: "by the service worker" })
      : check("main.mjs", "Cross-Origin-Embedder-Policy", /^(?:require-corp|credentialless)$/),
  modules: () => check("main.mjs", "Content-Type", /^(?:text|application)\/javascript\b/),
  async wasm() {
    try {
      await WebAssembly.compileStreaming(fetch("empty.wasm"));
    } catch (error) {
      return { right: false, found: String(error) };
    }
    return { right: true, found: "is compiled while it comes" };
  },
  fixed: () => check("fixed/cities-1.json", "Cache-Control", /\bimmutable\b/),
  changing: () => check("cities.py", "Cache-Control", /\bno-cache\b|\bno-store\b|\bmax-age=0\b/),
  policy: () => check("index.html", "Content-Security-Policy", /'wasm-unsafe-eval'/),
};
