// What errors and tracebacks say, and which lines of a program they name.

/**
 * A line of a program. Where its file is none of the project's, the source names the text that was run.
 * @typedef {{file: string, line: number, source?: string}} Site
 */

/** Where observer.py stands for Python. */
export const OBSERVER = "/pyodide-ls/observer.py";
/** The files of programs that the harness runs. */
export const HARNESS = "^/program/(.+)$";
/** The files of a page that stands as somebody wrote it: all that came neither with Python nor with PyScript. */
export const PAGE = "^(?!/lib/python|/pyodide-ls/|<(?!exec|console)|.*/pyscript/|.*/_pyscript)(.+)$";

let own = new RegExp(HARNESS);

/**
 * Says which files are the program's from now on, by an expression whose first group is the name to tell.
 * @param {string} pattern
 */
export function programIs(pattern) {
  own = new RegExp(pattern);
}

/**
 * The line that FILE:LINE names.
 * @param {string | undefined} text
 * @returns {Site | undefined}
 */
export function site(text) {
  const m = /^(.+):(\d+)$/.exec(text ?? "");
  return m ? { file: m[1], line: Number(m[2]) } : undefined;
}

/**
 * The innermost line of the program that a traceback names.
 * @param {string} traceback
 * @returns {Site | undefined}
 */
export function innermost(traceback) {
  for (const [, path, line] of [...traceback.matchAll(/File "([^"\n]+)", line (\d+)/g)].reverse()) {
    const file = own.exec(path)?.[1];
    if (file) return { file, line: Number(line) };
  }
}

/**
 * The line of a script of the project at which an error was not caught.
 * @param {ErrorEvent} event
 * @returns {Site | undefined}
 */
export function scriptLine({ filename, lineno }) {
  if (!filename.startsWith(`${self.location.origin}/`)) return;
  const path = decodeURIComponent(new URL(filename).pathname).slice(1);
  if (path.startsWith(".pyodide-ls/")) return;
  return { file: path === "" || path.endsWith("/") ? `${path}index.html` : path, line: lineno };
}

const MADE = /\n\(made at (.+:\d+)\)/;

/**
 * What an error says, without the traceback, and where it came from.
 * @param {unknown} error
 * @returns {{text: string, at: Site | undefined, made: Site | undefined}}
 */
export function told(error) {
  const whole = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const text = whole.replace(MADE, "").replace(/\nFor more information about the cause of this error.*/, "");
  const at = text.includes("Traceback (most recent call last)") ? innermost(text) : undefined;
  return { text: lastOf(text), at, made: site(MADE.exec(whole)?.[1]) };
}

/**
 * What a traceback ends with: all behind its last frame, for a message may have several lines; else all of the text.
 * @param {string} text
 */
function lastOf(text) {
  const lines = text.trimEnd().split("\n");
  const frame = lines.findLastIndex((line) => line.startsWith('  File "'));
  const end = lines.findIndex((line, i) => i > frame && !line.startsWith("  "));
  return frame < 0 || end < 0 ? text.trim() : lines.slice(end).join("\n");
}
