// @ts-check
// What the page and its Python share. Python that runs takes no messages, but it can look here, and wait here.

/**
 * Words of `control`: a count that changes last whenever the page has changed something, and wakes who waits for it; how
 * many characters Python has sent that are not shown yet; and how many bytes answer its question, or WAITING.
 */
export const CALLS = 0;
export const UNSHOWN = 1;
export const ANSWER = 2;

export const WAITING = -1;

/** What Python takes for Ctrl+C when it finds it in `signal`. */
export const SIGINT = 2;

const CONTROL = 12;
const BYTES = 8192;

/** @returns {SharedArrayBuffer} memory for one worker */
export function share() {
  return new SharedArrayBuffer(BYTES);
}

/** @param {SharedArrayBuffer} buffer */
export function views(buffer) {
  return {
    /** Words for Atomics. */
    control: new Int32Array(buffer, 0, CONTROL / 4),
    /** SIGINT while Python has not noticed Ctrl+C. */
    signal: new Uint8Array(buffer, CONTROL, 1),
    /** What is read next, as UTF-8. */
    answer: new Uint8Array(buffer, CONTROL + 1),
  };
}
