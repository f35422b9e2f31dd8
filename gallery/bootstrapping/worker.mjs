// The worker: starts Python stage by stage, and tells the page how far it has come.
import { watchDownloads } from "./downloads.mjs";
import { findSnapshot } from "./snapshot.mjs";

const PYODIDE = "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/";
const WHEEL = "pyodide_ls_bridge-1.0.0-py3-none-any.whl";

/**
 * @typedef {"script" | "download" | "interpreter" | "package" | "application"} Stage
 * @typedef {{bird: string, number: number}} Sighting
 * @typedef {{sightings: number, tally: [string, number][], diversity: number}} Count
 * @typedef {{begun: Stage} | {done: Stage, ms: number} | {failed: Stage, why: string}
 *   | {progress: import("./downloads.mjs").Progress} | {ready: {network: number}} | {count: Count}} Told
 */

/** @param {Told} told */
const say = (told) => self.postMessage(told);

const downloads = watchDownloads((progress) => say({ progress }));

/** @type {Stage} */
let stage = "script";

/**
 * @template T
 * @param {Stage} name
 * @param {() => T | Promise<T>} work
 */
async function run(name, work) {
  stage = name;
  say({ begun: name });
  const began = performance.now();
  const result = await Promise.race([work(), downloads.failed]);
  say({ done: name, ms: performance.now() - began });
  return result;
}

/** The bytes that came over the network; what came out of the browser's cache counts nothing. */
function network() {
  const entries = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType("resource"));
  return entries.reduce((sum, { transferSize }) => sum + transferSize, 0);
}

async function start() {
  const { loadPyodide } = await run("script", () => import(`${PYODIDE}pyodide.mjs`));
  const snapshot = await findSnapshot(PYODIDE);
  const loading = loadPyodide({ indexURL: PYODIDE, ...(snapshot && { _loadSnapshot: snapshot }) });
  await run("download", () => Promise.race([loading, downloads.whole]));
  const pyodide = await run("interpreter", () => loading);
  await run("package", async () => pyodide.unpackArchive(await (await fetch(WHEEL)).arrayBuffer(), "wheel"));
  const birds = await run("application", async () => {
    pyodide.FS.writeFile("birds.py", await (await fetch("birds.py")).text());
    return pyodide.pyimport("birds");
  });
  self.onmessage = ({ data }) => birds.hear(data);
  say({ ready: { network: network() } });
}

try {
  await start();
} catch (error) {
  say({ failed: stage, why: /** @type {Error} */ (error).message });
}
