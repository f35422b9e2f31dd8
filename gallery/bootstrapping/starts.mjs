// Remembers the starts of Python in this browser, to show what a cache saves.

/**
 * @typedef {object} Start
 * @property {number} network bytes that came over the network
 * @property {number} ms from the beginning until Python was ready
 * @property {number} pause the longest time between two frames of the page in it, in ms
 */

const KEY = "bird-count-starts";
const KEPT = 8;

/** @returns {Start[]} */
function recall() {
  return JSON.parse(localStorage.getItem(KEY) ?? "[]");
}

/** @param {Start} start */
export function remember(start) {
  const starts = [...recall(), start].slice(-KEPT);
  localStorage.setItem(KEY, JSON.stringify(starts));
  Object.assign(globalThis, { measured: start });
  showStarts();
}

export function showStarts() {
  const rows = recall().map(({ network, ms, pause }, i) => {
    const row = document.createElement("tr");
    const cells = [`${i + 1}`, `${(network / 1e6).toFixed(1)} MB`, `${ms.toFixed(0)} ms`, `${pause.toFixed(0)} ms`];
    for (const text of cells) row.insertCell().textContent = text;
    return row;
  });
  document.querySelector("#starts")?.replaceChildren(...rows);
}
