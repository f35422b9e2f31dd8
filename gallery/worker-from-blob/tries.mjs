// Ways to start a worker, some of which do not work.
import { workerFrom, workerOf } from "./blob-worker.mjs";
import { outcome } from "./outcome.mjs";

/** @typedef {import("./outcome.mjs").Outcome} Outcome */

const HELLO = new URL("hello.js", import.meta.url).href;
const ASK =
  'then((answer) => self.postMessage("Hello, " + answer.status), (error) => self.postMessage(String(error)));';

/**
 * A classic worker, as Pyodide up to 0.29 can be loaded in one.
 * @param {string} text
 */
function classicOf(text) {
  const script = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return new Worker(script);
}

/** A module worker whose Blob does not say that it is a script. */
function untyped() {
  return new Worker(URL.createObjectURL(new Blob([`import ${JSON.stringify(HELLO)};`])), { type: "module" });
}

/** A worker whose address is revoked before it can have been read. */
function revokedAtOnce() {
  const script = URL.createObjectURL(new Blob([`import ${JSON.stringify(HELLO)};`], { type: "text/javascript" }));
  const worker = new Worker(script, { type: "module" });
  URL.revokeObjectURL(script);
  return worker;
}

/** What a page says whose policy has no `blob:`. @returns {Promise<Outcome>} */
function inStrictPage() {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.src = new URL("strict.html", import.meta.url).href;
  return new Promise((resolve) => {
    addEventListener("message", function hear({ source, data }) {
      if (source !== frame.contentWindow) return;
      removeEventListener("message", hear);
      frame.remove();
      resolve(data);
    });
    document.body.append(frame);
  });
}

/** The tries, by the ids of their rows. @type {Record<string, () => Promise<Outcome>>} */
export const TRIES = {
  own: () => outcome(() => new Worker(HELLO, { type: "module" })),
  foreign: () => outcome(() => new Worker("https://example.com/hello.js", { type: "module" })),
  "imports-whole": () => outcome(() => workerFrom(HELLO)),
  "imports-relative": () => outcome(() => workerOf('import "./hello.js";')),
  "fetches-whole": () => outcome(() => workerOf(`fetch(${JSON.stringify(HELLO)}).${ASK}`)),
  "fetches-relative": () => outcome(() => workerOf(`fetch("hello.js").${ASK}`)),
  "classic-whole": () => outcome(() => classicOf(`importScripts(${JSON.stringify(HELLO)});`)),
  "classic-relative": () => outcome(() => classicOf('importScripts("hello.js");')),
  untyped: () => outcome(untyped),
  revoked: () => outcome(revokedAtOnce),
  strict: inStrictPage,
};
