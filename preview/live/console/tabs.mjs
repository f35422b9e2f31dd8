// Tabs, of which one panel is shown.

/** @typedef {{tab: HTMLElement, panel: HTMLElement}} Pair */

/** Tabs by the pattern of WAI-ARIA, chosen as they are moved to. */
export class Tabs {
  /** @type {Pair[]} */
  #pairs;
  #chosen = 0;
  #shown;

  /**
   * @param {HTMLElement[]} tabs
   * @param {(index: number) => void} shown is told which one came into sight
   */
  constructor(tabs, shown) {
    this.#shown = shown;
    this.#pairs = tabs.map((tab) => {
      const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      if (!panel) throw new Error(`the tab ${tab.id} has no panel`);
      return { tab, panel };
    });
    for (const [i, { tab }] of this.#pairs.entries()) {
      tab.addEventListener("click", () => this.choose(i));
      tab.addEventListener("keydown", (event) => this.#key(event));
    }
  }

  get chosen() {
    return this.#chosen;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const count = this.#pairs.length;
    const to = {
      ArrowRight: (this.#chosen + 1) % count,
      ArrowLeft: (this.#chosen + count - 1) % count,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.choose(to);
    this.#pairs[to].tab.focus();
  }

  /** @param {number} index */
  choose(index) {
    this.#chosen = index;
    for (const [i, { tab, panel }] of this.#pairs.entries()) {
      tab.ariaSelected = String(i === index);
      tab.tabIndex = i === index ? 0 : -1;
      panel.hidden = i !== index;
    }
    this.#shown(index);
  }
}
