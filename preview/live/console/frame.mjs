// The frame that shows the application.

import { byId, element } from "./dom.mjs";

/** The application's frame. Each load is a new frame: it goes to the first page, and adds nothing to the history. */
export class Frame {
  #page = "";
  #title = "";

  /**
   * Shows a page, unless it is the one that is shown.
   * @param {string} page
   * @param {string} title
   */
  show(page, title) {
    this.#title = title;
    if (page === this.#page || !/^https?:/.test(page)) return;
    this.#page = page;
    const alone = /** @type {HTMLAnchorElement} */ (byId("alone"));
    alone.href = page;
    alone.hidden = false;
    this.load();
  }

  /** Loads the page anew. */
  load() {
    if (!this.#page) return;
    const frame = element("iframe", "");
    frame.allow = "cross-origin-isolated; fullscreen; clipboard-read; clipboard-write";
    frame.referrerPolicy = "origin"; // by which the server knows who frames it
    frame.title = `The application: ${this.#title}`;
    frame.src = this.#page;
    byId("app").replaceChildren(frame);
  }
}
