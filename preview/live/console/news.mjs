// What is said aloud: not each observation, which nobody could listen to, but how many there were.

import { byId, counted } from "./dom.mjs";

/** How long news are gathered, in milliseconds. */
const GATHERED = 3000;

const counts = { mistakes: 0, observations: 0, lines: 0 };
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Counts something for the next time that news are told.
 * @param {keyof typeof counts} what
 */
export function count(what) {
  counts[what]++;
  if (timer === undefined) timer = setTimeout(tell, GATHERED);
}

function tell() {
  timer = undefined;
  const { mistakes, observations, lines } = counts;
  const parts = [];
  if (mistakes > 0) parts.push(counted(mistakes, "new mistake"));
  if (observations > mistakes) parts.push(counted(observations - mistakes, "new observation"));
  if (lines > 0) parts.push(counted(lines, "new line", "new lines"));
  byId("news").textContent = parts.join(", ");
  Object.assign(counts, { mistakes: 0, observations: 0, lines: 0 });
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let fading;
const STAYS = 6000;

/**
 * Says something at the foot of the page, for a while.
 * @param {string} text
 */
export function say(text) {
  byId("said").textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => {
    byId("said").textContent = "";
  }, STAYS);
}
