// Workers from a Blob: for a script that stands on another site, and for one that stands nowhere.

/**
 * Starts a module worker from an address of any site that lets this page read it (CORS). Inside, `import.meta.url` is
 * that address; `location` is the Blob's, from which no relative address leads anywhere.
 * @param {string | URL} address
 */
export function workerFrom(address) {
  return workerOf(`import ${JSON.stringify(new URL(address).href)};`);
}

/**
 * Starts a module worker from its text. What it is to fetch or to import it must be given by whole addresses.
 * @param {string} text
 */
export function workerOf(text) {
  const script = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const worker = new Worker(script, { type: "module" });
  // Whichever comes first says that the script was read, or never will be. Until then its address may be needed.
  for (const type of ["message", "error"]) {
    worker.addEventListener(type, () => URL.revokeObjectURL(script), { once: true });
  }
  return worker;
}
