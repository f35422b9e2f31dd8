// Lists of rows that hold out against floods.

import { element, number } from "./dom.mjs";

/** How many rows a list has at most, and how many of them are its first: what came first may have caused the rest. */
const KEPT = 1000;
const FIRST = 100;

/** How many rows are made before the browser may draw. */
const AT_ONCE = 100;

/** How near to its end a list is at its end, in pixels. */
const NEAR = 48;

/** @typedef {{key: string, times: number, row: HTMLElement}} Shown */

/**
 * A list of rows, of which one can be moved to by keyboard. Neighbours that are equal are one row with a count.
 * @template T
 */
export class List {
  #list;
  #row;
  #follow;
  /** @type {{key: string, times: number, item: T}[]} what is no row yet */
  #waiting = [];
  /** @type {Shown[]} */
  #shown = [];
  #scheduled = false;
  #left = 0;
  #note = element("li", "note");
  /** @type {HTMLElement | undefined} the row that was moved to */
  #current;
  #atEnd = true;

  /**
   * @param {HTMLElement} panel what holds the list, and scrolls
   * @param {(item: T) => HTMLElement} row makes a row
   * @param {{follow: boolean}} options whether the end is kept in sight
   */
  constructor(panel, row, { follow }) {
    this.panel = panel;
    this.#list = /** @type {HTMLElement} */ (panel.querySelector("ol"));
    this.#row = row;
    this.#follow = follow;
    this.#list.addEventListener("focusin", ({ target }) => {
      const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(".row"));
      if (row) this.#choose(row);
    });
    panel.addEventListener("scroll", () => {
      this.#atEnd = panel.scrollHeight - panel.scrollTop - panel.clientHeight < NEAR;
    });
  }

  /** @param {T} item */
  add(item) {
    const key = JSON.stringify(item);
    const last = this.#waiting.at(-1);
    if (last?.key === key) last.times++;
    else this.#waiting.push({ key, times: 1, item });
    // A page in the background does not draw, so nothing is taken away from here.
    if (this.#waiting.length > 2 * KEPT + FIRST) {
      this.#leave(this.#waiting.splice(FIRST, this.#waiting.length - KEPT - FIRST));
    }
    this.#schedule();
  }

  clear() {
    this.#waiting = [];
    this.#shown = [];
    this.#left = 0;
    this.#current = undefined;
    this.#atEnd = true;
    this.#list.replaceChildren();
  }

  /** The panel came into sight. */
  seen() {
    if (this.#follow && this.#atEnd) this.panel.scrollTop = this.panel.scrollHeight;
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.#draw();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #draw() {
    const fresh = document.createDocumentFragment();
    for (const { item, key, times } of this.#waiting.splice(0, AT_ONCE)) {
      const newest = this.#shown.at(-1);
      if (newest?.key === key) {
        repeat(newest, newest.times + times);
        continue;
      }
      const row = this.#row(item);
      row.tabIndex = -1;
      const shown = { key, times: 1, row };
      if (times > 1) repeat(shown, times);
      this.#shown.push(shown);
      fresh.append(row);
    }
    this.#list.append(fresh);
    this.#trim();
    if (!this.#current && this.#shown.length > 0) this.#shown[0].row.tabIndex = 0;
    this.seen();
  }

  /** Takes rows away behind the first, and says so there. */
  #trim() {
    if (this.#shown.length <= KEPT) return;
    const old = this.#shown.splice(FIRST, this.#shown.length - KEPT);
    old[0].row.before(this.#note);
    const focused = old.some(({ row }) => row.contains(document.activeElement));
    if (old.some(({ row }) => row === this.#current)) this.#current = undefined;
    for (const { row } of old) row.remove();
    this.#leave(old);
    if (focused) this.#go(this.#shown[FIRST].row);
  }

  /** @param {{times: number}[]} old */
  #leave(old) {
    for (const { times } of old) this.#left += times;
    this.#note.textContent = `${number(this.#left)} more were left out here`;
  }

  /** @param {HTMLElement} row */
  #choose(row) {
    this.#shown[0].row.tabIndex = -1;
    if (this.#current) this.#current.tabIndex = -1;
    row.tabIndex = 0;
    this.#current = row;
  }

  /** @param {HTMLElement} row */
  #go(row) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  /**
   * Moves to the next row, or the one before, from where it was moved to last.
   * @param {1 | -1} step
   */
  move(step) {
    if (this.#shown.length === 0) return;
    const last = this.#shown.length - 1;
    const from = this.#current ? this.#shown.findIndex(({ row }) => row === this.#current) : step > 0 ? -1 : last + 1;
    this.#go(this.#shown[Math.min(Math.max(from + step, 0), last)].row);
  }
}

/**
 * Writes how often a row's item came.
 * @param {Shown} shown
 * @param {number} times
 */
function repeat(shown, times) {
  shown.times = times;
  shown.row.querySelector(".times")?.remove();
  shown.row.querySelector(".what")?.append(element("span", "times", `×${number(times)}`));
}
