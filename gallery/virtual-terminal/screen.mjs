// @ts-check
// What Python has said, of which the last part is shown.

/** How many characters stay: a browser lays them all out again whenever one is added. */
const MOST = 20_000;
/** How often, in milliseconds, what has come is shown. */
const FRAME = 33;

export class Screen {
  /** Characters that are shown. */
  #length = 0;
  /** What is not shown yet. @type {{ text: string, kind: string }[]} */
  #waiting = [];
  #timer = 0;
  #newline = true;
  #element;
  #shown;

  /**
   * @param {HTMLElement} element
   * @param {(length: number) => void} shown is told how much of what Python said has been shown
   */
  constructor(element, shown) {
    this.#element = element;
    this.#shown = shown;
  }

  /** @param {string} text @param {string} kind is stdout, stderr or typed */
  write(text, kind) {
    if (!text) return;
    this.#newline = text.endsWith("\n");
    const last = this.#waiting.at(-1);
    if (last?.kind === kind) last.text += text;
    else this.#waiting.push({ text, kind });
    // Not a frame of animation: a tab that nobody sees has none, and Python would wait for it.
    this.#timer ||= setTimeout(() => this.draw(), FRAME);
  }

  /** Writes on a line of its own. @param {string} text @param {string} kind */
  line(text, kind) {
    this.write(`${this.#newline ? "" : "\n"}${text}\n`, kind);
  }

  /** Shows what waits. */
  draw() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const { scrollHeight, scrollTop, clientHeight } = this.#element;
    const follows = scrollHeight - scrollTop - clientHeight < 4;
    let drawn = 0;
    for (const { text, kind } of this.#waiting) {
      const span = document.createElement("span");
      span.className = kind;
      span.textContent = ending(text, MOST);
      this.#element.append(span);
      this.#length += span.textContent.length;
      if (kind !== "typed") drawn += text.length;
    }
    this.#waiting = [];
    this.#trim();
    if (follows) this.#element.scrollTop = this.#element.scrollHeight;
    this.#shown(drawn);
  }

  clear() {
    this.draw();
    this.#element.replaceChildren();
    this.#length = 0;
  }

  /** Takes away the oldest lines. */
  #trim() {
    while (this.#length > MOST) {
      const oldest = /** @type {Element} */ (this.#element.firstElementChild);
      const text = oldest.textContent ?? "";
      const rest = ending(text, Math.max(0, text.length - (this.#length - MOST)));
      this.#length -= text.length - rest.length;
      if (rest) oldest.textContent = rest;
      else oldest.remove();
    }
  }
}

/**
 * The end of a text, from the beginning of a line if there is one.
 * @param {string} text
 * @param {number} most
 */
function ending(text, most) {
  if (text.length <= most) return text;
  const start = text.length - most;
  const line = text.indexOf("\n", start - 1) + 1;
  return text.slice(line && line < text.length ? line : start);
}
