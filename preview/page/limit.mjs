// How much is told of a program: what prints without end is read by nobody.

/** @typedef {import("./observer.mjs").Observation} Observation */

/** How many observations are told of one program, and how much of the text of each, in UTF-16 units. */
const MOST = 20_000;
const LONGEST = 4_000;

/** Tells what is observed, as long as it is not too much. */
export class Limit {
  #left = MOST;

  /** @param {(o: Observation) => void} tell */
  constructor(tell) {
    this.report = (/** @type {Observation} */ observation) => {
      if (observation.kind === "stopped") return tell(observation); // which ends what is too much
      this.#left--;
      if (this.#left > 0) tell({ ...observation, text: observation.text?.slice(0, LONGEST) });
      else if (this.#left === 0) tell({ kind: "warned", text: "(there is more, which is left out)" });
    };
  }

  /** Another program begins. */
  begin() {
    this.#left = MOST;
  }

  /** The program is over: what comes now is not its own. */
  end() {
    this.#left = Math.max(this.#left, MOST / 2);
  }
}
