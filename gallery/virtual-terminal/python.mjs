// @ts-check
// Python in a worker, as the page sees it.
import { ANSWER, CALLS, SIGINT, share, UNSHOWN, views } from "./memory.mjs";

export class Python {
  /** @type {Worker | undefined} */
  #worker;
  #memory = views(share());
  /** How many bytes Python asks for; 0 while it does not. */
  #asked = 0;
  /** What was typed and Python has not asked for yet. */
  #typed = new Uint8Array();
  #hear;

  /** @param {(kind: string, values: any[]) => void} hear is told what Python says */
  constructor(hear) {
    this.#hear = hear;
  }

  /** Starts Python, anew if it is there: whatever it does ends, and what it knows is gone. */
  start() {
    if (this.#worker) this.#worker.onmessage = null;
    this.#worker?.terminate();
    const memory = share();
    this.#memory = views(memory);
    this.#asked = 0;
    this.#worker = new Worker("worker.mjs", { type: "module" });
    this.#worker.onmessage = ({ data: { kind, values } }) => {
      if (kind === "asks" && this.#give(values[0])) return;
      this.#hear(kind, values);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#hear("failed", [event.message]);
    };
    this.#worker.postMessage(memory);
  }

  /** @param {string} text is an input, of one statement or more */
  run(text) {
    this.#typed = new Uint8Array();
    this.#asked = 0;
    Atomics.store(this.#memory.signal, 0, 0); // Ctrl+C that came when the last one had just ended
    this.#send("run", text);
  }

  /** @param {string} text is what stands before the cursor */
  complete(text) {
    this.#send("complete", text);
  }

  /** @param {string} text is what input() gets, or nothing if there is no more */
  answer(text) {
    this.#typed = new TextEncoder().encode(text);
    this.#reply(this.#asked);
  }

  /** Stops what runs, waits for an answer, or awaits something. */
  interrupt() {
    Atomics.store(this.#memory.signal, 0, SIGINT);
    this.#asked = 0;
    this.#call();
    this.#send("interrupt"); // in case that nothing runs, and something is awaited
  }

  /** @param {number} length says how many characters have been shown */
  shown(length) {
    Atomics.sub(this.#memory.control, UNSHOWN, length);
    this.#call();
  }

  /** @param {string} kind @param {string} [text] */
  #send(kind, text = "") {
    this.#worker?.postMessage({ kind, text });
  }

  /** Whether there is something left to give. @param {number} most */
  #give(most) {
    this.#asked = most;
    if (this.#typed.length) this.#reply(most);
    return this.#asked === 0;
  }

  /** @param {number} most */
  #reply(most) {
    const part = this.#typed.subarray(0, most);
    this.#typed = this.#typed.subarray(part.length);
    this.#asked = 0;
    this.#memory.answer.set(part);
    Atomics.store(this.#memory.control, ANSWER, part.length);
    this.#call();
  }

  /** Wakes Python if it waits for something here. */
  #call() {
    Atomics.add(this.#memory.control, CALLS, 1);
    Atomics.notify(this.#memory.control, CALLS);
  }
}
