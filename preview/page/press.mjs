// What is done to a page and its Python from outside: its buttons are pressed, and what is not needed is collected.

import { pause } from "./pending.mjs";

/** @typedef {import("./observer.mjs").Observer} Observer */

/**
 * Presses the buttons of the page, as its user would. Twice tells what grows with each press.
 * @param {Observer} observer
 * @param {{settle: () => Promise<void>, collect: () => Promise<void>, twice: boolean}} how
 */
export async function press(observer, { settle, collect, twice }) {
  const counted = async () => {
    await collect();
    return observer.live();
  };
  for (const button of document.querySelectorAll("button")) {
    const click = () => {
      button.click();
      return settle();
    };
    if (!twice) {
      await click();
      continue;
    }
    const before = await counted();
    await click();
    const between = await counted();
    await observer.again(click);
    observer.reportGrown([before, between, await counted()]);
  }
}

/**
 * Collects what is not needed any more, on both sides.
 * @param {any[]} pythons what observer.py defines, of each Pyodide
 */
export async function collect(pythons) {
  for (let i = 0; i < 3; i++) {
    for (const python of pythons) python.get("collect")();
    Reflect.get(globalThis, "gc")?.(); // there where the browser was started so
    await pause(0);
  }
}
