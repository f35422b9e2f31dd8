// @ts-check
// The page in which the tests run. It starts Python with what it is told to load, and hands over what the host asks for.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

/** @type {(name: string) => void} */
let ask;

/** What has been answered, until the host has read it. @type {string | undefined} */
let answer;

/** @param {any} pyodide */
function host({ _module: module }) {
  // No part of Pyodide's interface, and the same from 0.26 to 314. What is in the map was made, and nobody destroyed it.
  module.enable_pyproxy_allocation_tracing();
  /** @type {Set<object>} */
  let before = new Set();
  return {
    /** @returns {Promise<string>} the name of the next test, or nothing at the end */
    asked: () =>
      new Promise((resolve) => {
        ask = resolve;
      }),
    /** @param {string} text */
    answer(text) {
      answer = text;
    },
    /** From here on, proxies are counted. */
    begin() {
      before = new Set(module.pyproxy_alloc_map.keys());
    },
    /** @returns {string} what has become a proxy since, and is one still, a line for each */
    left: () => [...module.pyproxy_alloc_map.keys()].filter((proxy) => !before.has(proxy)).join("\n"),
  };
}

/** @param {{folder: string, files: string[], archives: string[], tests: string[]}} what */
async function main({ folder, files, archives, tests }) {
  const pyodide = await loadPyodide();
  for (const file of archives) {
    pyodide.unpackArchive(await (await fetch(file)).arrayBuffer(), file.endsWith(".whl") ? "wheel" : "zip", {
      extractDir: folder,
    });
  }
  for (const file of files) {
    const path = `${folder}/${file}`;
    pyodide.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    pyodide.FS.writeFile(path, await (await fetch(file)).text());
  }
  pyodide.FS.chdir(folder);
  const bench = pyodide.pyimport("bench");
  try {
    await bench.main(host(pyodide), tests, pyodide.version);
  } finally {
    bench.destroy();
  }
}

Object.assign(globalThis, {
  bench: {
    /** @param {Parameters<typeof main>[0]} what */
    open: (what) => {
      main(what).catch((error) => {
        answer = JSON.stringify({ broken: String(error) });
      });
    },
    /** Behind the reply to the host, for the test may leave no time for that. @param {string} name */
    run: (name) => setTimeout(() => ask(name)),
    answered: () => answer !== undefined,
    take: () => {
      const text = answer;
      answer = undefined;
      return text;
    },
  },
});
