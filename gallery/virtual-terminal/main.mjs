// @ts-check
// The page: what one types, what Python says, and whose turn it is.
import { History } from "./history.mjs";
import { Python } from "./python.mjs";
import { Screen } from "./screen.mjs";

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);
/** @type {HTMLTextAreaElement} */
const entry = at("entry");

const history = new History();
const python = new Python((kind, values) => heard[kind]?.(...values));
const screen = new Screen(at("log"), (length) => python.shown(length));

/** Whose turn it is: "starting", "prompt", "running", "asked" or "failed". */
let turn = "starting";
/** When Python began with what was typed, and when it was told to stop. */
let began = 0;
let stopped = 0;
let lines = 0;
/** What Python was given. */
let sent = "";

/** What was measured. @type {Record<string, number>} */
const measured = {};
/** @type {any} */ (window).measured = measured;

/** What Python says. @type {Record<string, (...values: any[]) => void>} */
const heard = {
  ready(name) {
    screen.line(`${name}. Names that you give stay until Python starts again.`, "typed");
    take("prompt", "Ready");
    entry.focus();
  },
  runs() {
    const text = sent.trimEnd();
    screen.line(`>>> ${text.replaceAll("\n", "\n... ")}`, "typed");
    if (text) history.add(text);
    if (entry.value === sent) show("");
  },
  more(spaces) {
    take("prompt", "Ready");
    if (entry.value === sent) show(`${sent}\n${spaces}`);
  },
  output(text, stream) {
    screen.write(text, stream);
    lines += text.split("\n").length - 1;
  },
  asks() {
    take("asked", "Python waits for your answer");
    entry.focus();
  },
  prompt() {
    screen.draw();
    tell();
    take("prompt", "Ready");
  },
  completed(text, words, count) {
    const behind = entry.value.slice(entry.selectionEnd);
    if (count > 1 && text === entry.value.slice(0, entry.selectionStart)) screen.line(words, "typed");
    show(text + behind, text.length);
  },
  ended: restart,
  failed(reason) {
    screen.line(reason, "stderr");
    take("failed", "Python has failed. Start it again.");
  },
};

/** @param {string} next @param {string} text */
function take(next, text) {
  turn = next;
  at("status").value = text;
  at("prompt").textContent = turn === "asked" ? "Your answer" : "Python";
  entry.disabled = turn === "starting" || turn === "failed";
  at("run").disabled = turn !== "prompt" && turn !== "asked";
  at("interrupt").disabled = turn !== "running" && turn !== "asked";
  for (const button of document.querySelectorAll("#examples button")) {
    /** @type {HTMLButtonElement} */ (button).disabled = turn !== "prompt";
  }
}

/** Shows a text to be typed on. @param {string} text @param {number} [cursor] */
function show(text, cursor = text.length) {
  entry.value = text;
  entry.rows = text.split("\n").length;
  entry.setSelectionRange(cursor, cursor);
}

/** Shows what was measured of an input that has come to its end. */
function tell() {
  const now = performance.now();
  if (stopped) measured.stopped = now - stopped;
  measured.took = now - began;
  measured.lines = lines;
  measured.kept = at("log").textContent.length;
  if ("stopped" in measured) at("stopped").value = `${measured.stopped.toFixed(1)} ms`;
  at("took").value = `${measured.took.toFixed(0)} ms`;
  at("lines").value = lines.toLocaleString("en");
  at("kept").value = measured.kept.toLocaleString("en");
}

function submit() {
  if (turn === "asked") {
    const answer = `${entry.value}\n`;
    screen.write(answer, "typed");
    show("");
    take("running", "Running");
    python.answer(answer);
  } else if (turn === "prompt") {
    take("running", "Running");
    began = performance.now();
    stopped = lines = 0;
    sent = entry.value;
    python.run(sent);
  }
}

function interrupt() {
  if (turn === "running" || turn === "asked") {
    stopped = performance.now();
    screen.write("^C\n", "typed");
    python.interrupt();
  }
  show("");
}

function endOfInput() {
  take("running", "Running");
  python.answer("");
}

function restart() {
  screen.draw();
  take("starting", "Starting Python…");
  python.start();
}

/** @param {number} step back (-1) or forth (1) in what was typed */
function recall(step) {
  const beyond = step < 0 ? entry.value.slice(0, entry.selectionStart) : entry.value.slice(entry.selectionEnd);
  if (beyond.includes("\n") || turn === "asked") return false; // the cursor moves to another line
  const text = history.go(step, entry.value);
  if (text !== undefined) show(text);
  return true;
}

function complete() {
  const before = entry.value.slice(0, entry.selectionStart);
  if (turn !== "prompt" || !/[\w.]$/.test(before)) return false; // the focus moves on
  python.complete(before);
  return true;
}

/** What keys do; one that does nothing says false, and does what it does elsewhere. @type {Record<string, () => unknown>} */
const keys = {
  Enter: submit,
  ArrowUp: () => recall(-1),
  ArrowDown: () => recall(1),
  Tab: complete,
  "Ctrl+c": () => (selected() ? false : interrupt()),
  "Ctrl+d": () => (turn === "asked" && !entry.value ? endOfInput() : false),
  "Ctrl+l": () => screen.clear(),
};

/** Whether Ctrl+C copies something. */
function selected() {
  return entry.selectionStart !== entry.selectionEnd || String(getSelection()) !== "";
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { key, ctrlKey, altKey, metaKey, shiftKey, isComposing } = event;
  if (altKey || metaKey || shiftKey || isComposing) return;
  const act = keys[ctrlKey ? `Ctrl+${key}` : key];
  if (act && act() !== false) event.preventDefault();
}

entry.addEventListener("keydown", onKey);
entry.addEventListener("input", () => show(entry.value, entry.selectionStart));
at("log").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  if (event.ctrlKey && event.key === "c") onKey(event);
});
at("form").addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  submit();
});
at("interrupt").addEventListener("click", interrupt);
at("restart").addEventListener("click", restart);
for (const button of document.querySelectorAll("#examples button")) {
  button.addEventListener("click", () => {
    show(`${button.previousElementSibling?.textContent}\n`); // of which the end says that it is whole
    entry.focus();
    submit();
  });
}

if (crossOriginIsolated) restart();
else {
  at("status").value = "This page is not cross-origin isolated: it has no shared memory, and Python could not wait.";
}
