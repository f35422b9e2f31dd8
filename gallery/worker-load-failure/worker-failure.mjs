// Why a worker did not start, and how that is found out.

/**
 * What can go wrong. A worker says "pyodide" and "python" of itself; all others are found out by the page.
 * @typedef {"cross-origin" | "unreachable" | "missing" | "not-a-script" | "import" | "isolation" | "syntax" |
 *   "exception" | "pyodide" | "python" | "silent"} Kind
 */

/** What the person at the page is told. @type {Record<Kind, string>} */
const SENTENCES = {
  "cross-origin": "This page may not start a worker that comes from another site.",
  unreachable: "The server cannot be reached. Are you online?",
  missing: "The server does not have this part of the page.",
  "not-a-script": "The server sends something else in place of this part of the page.",
  import: "The worker needs a file that cannot be loaded.",
  isolation: "The page is isolated, and the server sends the worker without the header for that.",
  syntax: "This browser does not understand the worker's script.",
  exception: "The worker has failed while it started.",
  pyodide: "Python could not be loaded.",
  python: "The Python program has failed while it started.",
  silent: "The worker is not ready yet, and is not waited for any longer.",
};

/** A worker that did not start: a kind for programs, a message for people, and the detail for a developer. */
export class WorkerFailure extends Error {
  /**
   * @param {Kind} kind
   * @param {string} detail
   */
  constructor(kind, detail) {
    super(SENTENCES[kind]);
    this.name = "WorkerFailure";
    this.kind = kind;
    this.detail = detail;
  }
}

/** What a script imports with fixed words. */
const IMPORTS = /(?:^|;)\s*(?:import|export)\b(?:[^"'();=]*?\bfrom)?\s*["']([^"']+)["']/gm;

/**
 * Finds out why the browser did not start a worker's script, which it keeps to itself: asks for the script once more.
 * @param {URL} address
 * @returns {Promise<WorkerFailure>}
 */
export async function whyNot(address) {
  const answer = await ask(address);
  if (answer instanceof WorkerFailure) return answer;
  const wrong = await wrongIn(answer, new Set([address.href]));
  if (wrong) return wrong;
  if (crossOriginIsolated && !answer.headers.has("cross-origin-embedder-policy")) {
    return new WorkerFailure("isolation", `${address} comes without Cross-Origin-Embedder-Policy`);
  }
  const why = "one of them lacks what another imports from it, or was not there a moment ago";
  return new WorkerFailure("import", `${address} is there, and so is all that it imports: ${why}`);
}

/**
 * Asks for a script.
 * @param {URL} address
 * @returns {Promise<Response | WorkerFailure>}
 */
async function ask(address) {
  let answer;
  try {
    answer = await fetch(address, { cache: "no-store" });
  } catch {
    const foreign = address.origin !== location.origin;
    const or = foreign ? "its server does not let this page have it (CORS)" : "leads to another site";
    return new WorkerFailure("unreachable", `${address} cannot be reached, or ${or}`);
  }
  if (!answer.ok) return new WorkerFailure("missing", `${address} is answered with status ${answer.status}`);
  const type = answer.headers.get("content-type") ?? "nothing that has a type";
  if (!/(?:java|ecma)script/.test(type)) return new WorkerFailure("not-a-script", `${address} comes as ${type}`);
  return answer;
}

/**
 * Looks for what is wrong in a script, or in one that it imports, however far down.
 * @param {Response} script
 * @param {Set<string>} seen
 * @returns {Promise<WorkerFailure | undefined>}
 */
async function wrongIn(script, seen) {
  const text = await script.text();
  const unread = await parseError(text);
  if (unread) return new WorkerFailure("syntax", `${script.url}: ${unread}`);
  for (const [, specifier] of text.matchAll(IMPORTS)) {
    if (!/^(?:\.{0,2}\/|\w+:)/.test(specifier)) {
      return new WorkerFailure("import", `${script.url} imports ${specifier}, which is no address`);
    }
    const address = new URL(specifier, script.url);
    if (seen.has(address.href)) continue;
    seen.add(address.href);
    const found = await ask(address);
    if (found instanceof WorkerFailure) return new WorkerFailure("import", found.detail);
    const wrong = await wrongIn(found, seen);
    if (wrong) return wrong;
  }
}

/**
 * Has a script read and not run: it is given one more import, which leads nowhere.
 * @param {string} text
 * @returns {Promise<string | undefined>} what the browser does not understand of it
 */
async function parseError(text) {
  const copy = URL.createObjectURL(new Blob([text, '\nimport "nowhere";'], { type: "text/javascript" }));
  try {
    await import(copy);
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
  } finally {
    URL.revokeObjectURL(copy);
  }
}
