// A snapshot of the interpreter just after its start, kept in this browser: the next start begins behind it.
// It rests on options of loadPyodide that are not documented, `_makeSnapshot` and `_loadSnapshot`: hold it to your
// version of Pyodide with a test, and leave it out if in doubt. Nothing else here needs it.

const CACHE = "bird-count-snapshots";

/**
 * The address under which the snapshot of a Pyodide is kept: that of another version is another.
 * @param {string} pyodide
 */
function addressOf(pyodide) {
  return new URL("snapshot", new URL(pyodide, self.location.href)).href;
}

/**
 * The snapshot of a Pyodide, if one is kept.
 * @param {string} pyodide the address of its folder
 * @returns {Promise<ArrayBuffer | undefined>}
 */
export async function findSnapshot(pyodide) {
  if (!("caches" in self)) return; // as without HTTPS
  const cache = await caches.open(CACHE);
  return (await cache.match(addressOf(pyodide)))?.arrayBuffer();
}

/**
 * @param {string} pyodide the address of its folder
 * @param {Uint8Array<ArrayBuffer>} snapshot
 */
export async function keepSnapshot(pyodide, snapshot) {
  const cache = await caches.open(CACHE);
  await cache.put(addressOf(pyodide), new Response(snapshot));
}

export async function forgetSnapshots() {
  if ("caches" in self) await caches.delete(CACHE);
}
