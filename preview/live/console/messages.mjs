// What the server says. Texts in it come from the pages that are previewed.

/**
 * @typedef {{file: string, line: number}} Site
 * @typedef {{title: string, pyodide: string, why: string, realm: string, isolated: boolean, page: string,
 *   editor: boolean}} About
 * @typedef {{kind: string, text?: string, say?: string, mistake?: boolean, at?: Site, made?: Site,
 *   milliseconds?: number, count?: number, realm?: string}} Observation
 * @typedef {{rule: string, severity: string, message: string, file: string, line: number, column: number,
 *   url?: string, measured?: string}} Finding
 * @typedef {{about?: About, began?: number, state?: string, observation?: Observation, findings?: Finding[],
 *   reload?: boolean | string, bye?: string}} Message one of its fields is there
 * @typedef {{open: Site} | {again: true}} Request
 */

/** Kinds of observations that are the program's own output. */
const OUTPUT = new Set(["printed", "warned", "logged", "posted"]);

/** @param {Observation} o */
export const isOutput = (o) => OUTPUT.has(o.kind);

/** The states of a run, in words, and those of the preview itself. */
const STATES = new Map([
  ["connecting", "Connecting"],
  ["gone", "The preview has ended"],
  ["loading", "Loading Pyodide"],
  ["running", "Running"],
  ["waiting", "Waiting for events"],
  ["ended", "Ended"],
  ["stuck", "Python does not answer"],
  ["left", "The page went elsewhere"],
]);

/** @param {string} state */
export const stateInWords = (state) => STATES.get(state) ?? state;

/** How many characters of a text are shown. */
const SHOWN = 4000;

/** @param {string | undefined} text */
function cut(text) {
  if (text === undefined || text.length <= SHOWN) return text;
  return `${text.slice(0, SHOWN)} … and ${text.length - SHOWN} more characters`;
}

/**
 * An observation whose texts are short enough to be kept and shown.
 * @param {Observation} o
 * @returns {Observation}
 */
export const short = (o) => ({ ...o, text: cut(o.text), say: cut(o.say) });
