// Measures what an update of the page costs. The same file is in reactive-observer, reactive-vdom and reactive-signals.
// @ts-check

/** @typedef {{ calls: number, milliseconds: number }} Cost what one update takes: of the DOM, and until its handlers are done */

const GAUGES = 200;
const TURNS = 20;

/** @type {Record<string, string>} the kinds of updates, and what they are called */
export const KINDS = {
  toggle: "Watch a gauge",
  reading: "A new reading",
  add: "Add a gauge",
  remove: "Remove a gauge",
  filter: "Type into the filter",
};

let counting = false;
let calls = 0;

/**
 * Has every method, getter and setter of the DOM count its calls. What the browser does by itself is not counted, so that
 * with Python at work, each is a crossing of the bridge.
 */
export function watchTheDom() {
  for (const name of Object.getOwnPropertyNames(window)) {
    const prototype = /^[A-Z]/.test(name) ? Reflect.get(window, name)?.prototype : undefined;
    if (prototype instanceof EventTarget || prototype instanceof Event || OTHERS.has(name)) {
      watch(prototype);
    }
  }
  watch(EventTarget.prototype);
  watch(Event.prototype);
}

const OTHERS = new Set(["CSSStyleDeclaration", "DOMTokenList", "HTMLCollection", "NodeList"]);

/** @param {object} prototype */
function watch(prototype) {
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === "constructor" || !property.configurable) {
      continue;
    }
    for (const part of /** @type {const} */ (["value", "get", "set"])) {
      if (typeof property[part] === "function") {
        property[part] = counted(property[part]);
      }
    }
    Object.defineProperty(prototype, name, property);
  }
}

/** @param {Function} call */
function counted(call) {
  /** @this {unknown} @param {unknown[]} given */
  return function (...given) {
    if (counting) {
      calls += 1;
    }
    return Reflect.apply(call, this, given);
  };
}

/** @returns {Promise<Record<string, Cost>>} */
export async function measure() {
  const before = rows().length;
  for (let number = before; number < GAUGES; number += 1) {
    add(`Station ${number}`)();
    await frame();
  }
  /** @type {Record<string, (turn: number) => () => void>} */
  const updates = {
    toggle: (turn) => click(rows()[turn * 7].querySelector("input")),
    reading: () => click(find("#next")),
    add: (turn) => add(`Extra ${turn}`),
    remove: () => click(rows()[GAUGES].querySelector("button")),
    filter: (turn) => type("#filter", turn % 2 === 0 ? "1" : ""),
  };
  /** @type {Record<string, Cost>} */
  const costs = {};
  for (const [kind, update] of Object.entries(updates)) {
    costs[kind] = { calls: await count(update), milliseconds: 0 };
    if (kind === "add" || kind === "remove") {
      continue; // what is added is removed next, and the clock is for both behind that
    }
    costs[kind].milliseconds = await time(update);
  }
  costs.add.milliseconds = await time(updates.add);
  costs.remove.milliseconds = await time(updates.remove);
  while (rows().length > before) {
    click(rows()[before].querySelector("button"))();
    await frame();
  }
  return costs;
}

/**
 * Gives how many calls of the DOM an update takes on average.
 * @param {(turn: number) => () => void} update
 */
async function count(update) {
  calls = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const act = update(turn);
    counting = true;
    act();
    counting = false;
    await frame();
  }
  return calls / TURNS - 1; // the call that acts is one of them
}

/**
 * Gives how many milliseconds an update takes, in the median.
 * @param {(turn: number) => () => void} update
 */
async function time(update) {
  const times = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const act = update(turn);
    const start = performance.now();
    act();
    times.push(performance.now() - start);
    await frame();
  }
  return times.sort((a, b) => a - b)[TURNS / 2];
}

/** @param {string} name */
function add(name) {
  const field = /** @type {HTMLInputElement} */ (find("#name"));
  field.value = name;
  return click(find("#new button"));
}

/**
 * @param {string} selector
 * @param {string} text
 */
function type(selector, text) {
  const field = /** @type {HTMLInputElement} */ (find(selector));
  field.value = text;
  const event = new Event("input", { bubbles: true });
  return () => field.dispatchEvent(event);
}

/** @param {Element | null} element */
function click(element) {
  return () => /** @type {HTMLElement} */ (element).click();
}

/** @param {string} selector */
function find(selector) {
  return /** @type {Element} */ (document.querySelector(selector));
}

function rows() {
  return document.querySelectorAll("#gauges tr");
}

function frame() {
  return new Promise((done) => setTimeout(done));
}
