// What stands where in the shared memory. The page and the workers lay the same views on it.
export const WIDTH = 320;
export const HEIGHT = 240;

/** Words of control, by their index. */
export const WORDS = { lock: 0, stop: 1, waited: 2, lit: 3, points: 4 }; // points: one word for each painter
const CONTROL = 16;

/** How many bytes there are in all. */
export const BYTES = (CONTROL + WIDTH * HEIGHT) * Int32Array.BYTES_PER_ELEMENT;

/** @typedef {ReturnType<typeof views>} Memory */

/**
 * The views on the memory. None of them copies.
 *
 * @param {SharedArrayBuffer} buffer
 */
export function views(buffer) {
  return {
    control: new Int32Array(buffer, 0, CONTROL),
    counts: new Int32Array(buffer, CONTROL * Int32Array.BYTES_PER_ELEMENT),
    words: WORDS,
    width: WIDTH,
    height: HEIGHT,
  };
}

const FREE = 0;
const HELD = 1;
const WAITED_FOR = 2;

/**
 * Does something with the lock, if nobody else has it, and says whether it was done. The page may try; it must not
 * wait, and the browser does not let it. The words are those of lock.py.
 *
 * @param {Memory} memory
 * @param {() => void} work
 */
export function tryLocked({ control, words }, work) {
  if (Atomics.compareExchange(control, words.lock, FREE, HELD) !== FREE) return false;
  try {
    work();
  } finally {
    if (Atomics.exchange(control, words.lock, FREE) === WAITED_FOR) Atomics.notify(control, words.lock, 1);
  }
  return true;
}
