// @ts-check
// What was typed before.

export class History {
  /** @type {string[]} */
  #past = [];
  #at = 0;
  /** What was being typed when somebody went back. */
  #draft = "";

  /** @param {string} text */
  add(text) {
    if (text !== this.#past.at(-1)) this.#past.push(text);
    this.#at = this.#past.length;
  }

  /**
   * Goes back (-1) or forth (1).
   * @param {number} step
   * @param {string} text is what stands there now
   * @returns {string | undefined} what was typed, unless there is no more
   */
  go(step, text) {
    const at = this.#at + step;
    if (at < 0 || at > this.#past.length) return undefined;
    if (this.#at === this.#past.length) this.#draft = text;
    this.#at = at;
    return this.#past[at] ?? this.#draft;
  }
}
