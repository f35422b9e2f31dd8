// How a Pyodide comes to be watched, and which browser it finds.

import { OBSERVER } from "./told.mjs";

const fetched = globalThis.fetch.bind(globalThis);

/** Takes JavaScript Promise Integration from the browser. Pyodide looks for it when it is loaded. */
export function withoutJSPI() {
  Reflect.deleteProperty(WebAssembly, "Suspending");
  Reflect.deleteProperty(WebAssembly, "promising");
}

/**
 * What observer.py defines, in a Pyodide.
 * @param {any} pyodide
 */
export async function observerIn(pyodide) {
  const source = await (await fetched(new URL("/.pyodide-ls/page/observer.py", self.location.origin))).text();
  const python = pyodide.toPy({});
  pyodide.runPython(source, { globals: python, filename: OBSERVER });
  return python;
}
