// What stands above all else when the preview is gone.

import { byId, element } from "./dom.mjs";

/**
 * @param {string} title what was previewed
 * @returns {(Node | string)[]}
 */
const how = (title) => [" Start it again with ", element("code", "", `pyodide-ls preview ${title}`), "."];

/**
 * Says that the preview has ended, and how to have it again.
 * @param {string} why
 * @param {string} title
 * @param {() => void} [again] tries to reach it once more
 */
export function ended(why, title, again) {
  const text = why.charAt(0).toUpperCase() + why.slice(1).replace(/\.?$/, ".");
  show(element("strong", "", text), element("span", "", ...how(title)));
  if (!again) return;
  const button = element("button", "", "Try once more");
  button.type = "button";
  button.addEventListener("click", again);
  byId("banner").append(button);
}

/**
 * Says that the preview does not answer, which may pass.
 * @param {number} tries
 * @param {number} most
 */
export function lost(tries, most) {
  if (tries === 1) {
    show(element("strong", "", "The preview does not answer."), element("span", ""));
  }
  const span = byId("banner").querySelector("span");
  if (span) span.textContent = ` Trying again (${tries} of ${most}) …`;
}

/** @param {...Node} children */
function show(...children) {
  const banner = byId("banner");
  banner.replaceChildren(...children);
  banner.hidden = false;
}

/** The preview answers. */
export function hide() {
  byId("banner").hidden = true;
}
