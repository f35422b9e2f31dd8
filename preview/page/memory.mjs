// Watches memory that realms share: which line of Python made some, and which copied it.

const Shared = globalThis.SharedArrayBuffer;

/** Whether Python itself calls, and no library that it calls: what stands below our own scripts on the stack says. */
function calledByPython() {
  const calls = (new Error().stack ?? "").split("\n").filter((line) => /https?:/.test(line));
  return /pyodide\.asm\./.test(calls.find((line) => !line.includes("/.pyodide-ls/page/")) ?? "");
}

/**
 * Tells of each SharedArrayBuffer that Python makes, and of each copy of one into Python's memory. The views that
 * to_py and to_memoryview give are such copies: what is written to them JavaScript does not see.
 * @param {(kind: "shared" | "copied") => void} tell
 */
export function watchMemory(tell) {
  if (!Shared) return; // a page that is not isolated has none
  /** @type {SharedArrayBufferConstructor} */
  const watched = new Proxy(Shared, {
    construct(target, args, made) {
      if (calledByPython()) tell("shared");
      return Reflect.construct(target, args, made === watched ? target : made);
    },
  });
  Shared.prototype.constructor = watched;
  globalThis.SharedArrayBuffer = watched;
  const typed = Object.getPrototypeOf(Uint8Array.prototype);
  const { set } = typed;
  typed.set = function (/** @type {any[]} */ ...args) {
    if (args[0]?.buffer instanceof Shared && calledByPython()) tell("copied");
    return set.apply(this, args);
  };
}
