// The console of a preview: the application in a frame, and beside it what the browser and the linter say of it.

import * as banner from "./banner.mjs";
import { byId, element, number } from "./dom.mjs";
import { Frame } from "./frame.mjs";
import { Link } from "./link.mjs";
import { List } from "./list.mjs";
import { isOutput, short, stateInWords } from "./messages.mjs";
import { count, say } from "./news.mjs";
import { findingRow, observationRow, outputRow } from "./rows.mjs";
import { split } from "./splitter.mjs";
import { Tabs } from "./tabs.mjs";

/** @import { About, Finding, Message, Observation, Site } from "./messages.mjs" */

const frame = new Frame();
const lists = {
  observations: new List(byId("observations"), observationRow, { follow: true }),
  console: new List(byId("console"), outputRow, { follow: true }),
  findings: new List(byId("findings"), findingRow, { follow: false }),
};
const order = [lists.observations, lists.console, lists.findings];
const tabs = new Tabs(
  order.map(({ panel }) => byId(`${panel.id}-tab`)),
  (i) => order[i].seen(),
);
const totals = { observations: 0, mistakes: 0, console: 0, findings: 0, errors: 0 };
/** @type {About | undefined} */
let about;

const link = new Link({
  hear,
  lost: (tries, most) => {
    banner.lost(tries, most);
    reachable(false);
    tellState("connecting");
  },
  gone: () => ended("The preview has ended", () => link.open()),
});

/** @param {Message} m */
function hear(m) {
  if (m.about) tellAbout(m.about);
  else if (m.began !== undefined) begin(m.began);
  else if (m.state !== undefined) tellState(m.state);
  else if (m.observation) observe(short(m.observation));
  else if (m.findings) find(m.findings);
  else if (m.reload) reload(m.reload);
  else if (m.bye !== undefined) {
    link.end();
    ended(m.bye);
  }
}

/** @param {About} said */
function tellAbout(said) {
  about = said;
  banner.hide();
  reachable(true);
  if (byId("state").dataset.state === "connecting") tellState("loading");
  byId("title").textContent = said.title;
  chip("pyodide", `Pyodide ${said.pyodide}`, said.why);
  chip("isolated", said.isolated ? "isolated" : "not isolated", isolation(said.isolated));
  byId("realm").textContent = said.realm;
  byId("realm").hidden = !said.realm;
  frame.show(said.page, said.title);
  schedule();
}

/** @param {boolean} isolated */
const isolation = (isolated) =>
  isolated
    ? "The page is cross-origin isolated, so it has SharedArrayBuffer."
    : "The page is not cross-origin isolated, so it has no SharedArrayBuffer.";

/**
 * @param {string} id
 * @param {string} text
 * @param {string} why
 */
function chip(id, text, why) {
  byId(id).textContent = text;
  byId(`${id}-why`).textContent = why;
  /** @type {HTMLElement} */ (byId(id).parentElement).hidden = false;
}

/** @param {number} run */
function begin(run) {
  lists.observations.clear();
  lists.console.clear();
  Object.assign(totals, { observations: 0, mistakes: 0, console: 0 });
  byId("state").dataset.run = String(run);
  schedule();
}

/** @param {string} state */
function tellState(state) {
  byId("state").textContent = stateInWords(state);
  byId("state").dataset.state = state;
}

/** @param {Observation} o */
function observe(o) {
  if (isOutput(o)) {
    lists.console.add(o);
    totals.console++;
    count("lines");
  } else {
    lists.observations.add(o);
    totals.observations++;
    count("observations");
  }
  if (o.mistake) {
    totals.mistakes++;
    count("mistakes");
  }
  schedule();
}

/** @param {Finding[]} findings */
function find(findings) {
  lists.findings.clear();
  for (const f of findings) lists.findings.add(f);
  totals.findings = findings.length;
  totals.errors = findings.filter((f) => f.severity === "error").length;
  byId("findings-none").textContent = "The linter found nothing.";
  schedule();
}

/** @param {boolean | string} why */
function reload(why) {
  frame.load();
  say(typeof why === "string" ? `reloaded: ${why} changed` : "reloaded");
}

/**
 * @param {string} why
 * @param {() => void} [again]
 */
function ended(why, again) {
  banner.ended(why, about?.title ?? "", again);
  reachable(false);
  tellState("gone");
}

/** @param {boolean} is */
function reachable(is) {
  /** @type {HTMLButtonElement} */ (byId("again")).disabled = !is;
}

let scheduled = false;

/** Has the counts written when the browser draws next. */
function schedule() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    tabLabel("observations", totals.observations, totals.mistakes, "mistake");
    tabLabel("console", totals.console, 0, "");
    tabLabel("findings", totals.findings, totals.errors, "error");
    const wrong = totals.mistakes > 0 ? `(${number(totals.mistakes)}) ` : "";
    document.title = about ? `${wrong}${about.title} · pyodide-ls` : "pyodide-ls";
  });
}

/**
 * @param {"observations" | "console" | "findings"} name
 * @param {number} all
 * @param {number} wrong how many of them are marked
 * @param {string} word what those are
 */
function tabLabel(name, all, wrong, word) {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const parts = [title, " ", element("span", "count", `(${number(all)})`)];
  if (wrong > 0) {
    const words = element("span", "word", wrong === 1 ? ` ${word}` : ` ${word}s`);
    parts.push(" ", element("span", "wrong", number(wrong), words));
  }
  byId(`${name}-tab`).replaceChildren(...parts);
}

/** @param {Site} site */
async function open(site) {
  const name = `${site.file}:${site.line}`;
  if (about?.editor) {
    say(link.send({ open: site }) ? `Opening ${name} in the editor` : "The preview does not answer");
    return;
  }
  try {
    await navigator.clipboard.writeText(name);
    say(`Copied ${name}`);
  } catch {
    say(`The browser does not let ${name} be copied`);
  }
}

/** @param {Element | null} element */
function openFrom(element) {
  const { file, line } = /** @type {HTMLElement | null} */ (element)?.dataset ?? {};
  if (file !== undefined) open({ file, line: Number(line) });
}

function again() {
  if (!link.send({ again: true })) say("The preview does not answer");
}

function help() {
  const keys = byId("keys");
  keys.hidden = !keys.hidden;
  byId("hint").hidden = !keys.hidden;
  byId("help").ariaExpanded = String(!keys.hidden);
}

/** What keys do wherever the focus is. */
const KEYS = new Map([
  ["j", () => order[tabs.chosen].move(1)],
  ["k", () => order[tabs.chosen].move(-1)],
  ["ArrowDown", () => order[tabs.chosen].move(1)],
  ["ArrowUp", () => order[tabs.chosen].move(-1)],
  ["1", () => tabs.choose(0)],
  ["2", () => tabs.choose(1)],
  ["3", () => tabs.choose(2)],
  ["r", again],
  ["?", help],
]);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const target = /** @type {Element} */ (event.target);
  if (event.key === "Enter" && target.matches(".row")) openFrom(target.querySelector(".at"));
  const act = KEYS.get(event.key);
  if (!act || (target.id === "splitter" && event.key.startsWith("Arrow"))) return;
  event.preventDefault();
  act();
});
document.addEventListener("click", ({ target }) => openFrom(/** @type {Element} */ (target).closest(".at")));
byId("again").addEventListener("click", again);
byId("help").addEventListener("click", help);
split(byId("splitter"), byId("main"), matchMedia("(max-width: 800px)"));
link.open();
