// What an observation and a finding look like.

import { element } from "./dom.mjs";

/** @import { Finding, Observation, Site } from "./messages.mjs" */

/**
 * What leads to a line when it is pressed.
 * @param {Site & {column?: number}} site
 * @param {string} [before] what the line has to do with it
 */
function line({ file, line, column }, before = "") {
  const button = element("button", "at", column ? `${file}:${line}:${column}` : `${file}:${line}`);
  button.type = "button";
  button.dataset.file = file;
  button.dataset.line = String(line);
  return element("span", "site", before, button);
}

/**
 * @param {string} classes
 * @param {string} tag
 * @param {(Node | string)[]} what
 * @param {Node[]} where
 */
function row(classes, tag, what, where) {
  const made = element("li", `row ${classes}`, element("span", "tag", tag), element("div", "what", ...what));
  if (where.length > 0) made.append(element("div", "where", ...where));
  return made;
}

/**
 * The lines of an observation, the one that is to be opened first.
 * @param {Observation} o
 */
function lines({ at, made }) {
  const all = at ? [line(at)] : [];
  if (made) all.push(line(made, "the proxy was made at "));
  return all;
}

/** Kinds that are mistakes or close to it, by their tone. */
const TONES = new Map([
  ["blocked", "warning"],
  ["live", "info"],
]);

/** @param {Observation} o */
export function observationRow(o) {
  /** @type {(Node | string)[]} */
  const what = [o.say || o.text || o.kind];
  if (o.say && o.text && !o.say.includes(o.text)) what.push(element("div", "detail", o.text));
  const where = lines(o);
  if (o.realm === "worker") where.push(element("span", "", "in a worker"));
  const tone = TONES.get(o.kind) ?? (o.mistake ? "error" : "hint");
  return row(`tone-${tone}${o.mistake ? " mistake" : ""}`, o.kind, what, where);
}

/** What marks output that Python did not print. */
const MARKS = new Map([
  ["warned", "stderr"],
  ["logged", "console"],
  ["posted", "posted"],
]);

/** @param {Observation} o */
export function outputRow(o) {
  return row(`output ${o.kind}`, MARKS.get(o.kind) ?? "", [o.text ?? ""], lines(o));
}

/** @param {Finding} f */
export function findingRow(f) {
  /** @type {(Node | string)[]} */
  const what = [f.message];
  if (f.measured) what.push(element("div", "measured", `Confirmed by the browser: ${f.measured}`));
  return row(`tone-${f.severity}`, f.severity, what, [line(f), rule(f)]);
}

/**
 * A rule's name, which leads to its page if that has an address.
 * @param {Finding} f
 */
function rule({ rule, url }) {
  if (!url || !/^https?:/.test(url)) return element("span", "rule", rule);
  const link = element("a", "rule", rule);
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}
