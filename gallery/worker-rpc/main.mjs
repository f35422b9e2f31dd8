// The page: takes pictures, has the worker develop them, and lets Python on this page do the same.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";
import * as Comlink from "./comlink.mjs";
import { take } from "./scene.mjs";

/**
 * A picture in the worker.
 *
 * @typedef {object} Negative
 * @property {() => Promise<number>} brightness
 * @property {(gamma: number, tell: (done: number) => unknown) => Promise<Uint8Array>} develop
 */

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);
const status = at("status");
const canvas = at("print").getContext("2d");
const { width, height } = canvas.canvas;

/** @type {any} */
const worker = Comlink.wrap(new Worker("worker.mjs", { type: "module" }));

/** The picture that is being worked on. @type {any} */
let negative;

/** Takes a picture and hands it over to the worker; the one before is released, there and here. */
async function open() {
  const pixels = take(width, height, at("cap").checked);
  const before = negative;
  negative = await worker.open(Comlink.transfer(pixels, [pixels.buffer]), width);
  at("opened").value++;
  at("left").value = pixels.byteLength;
  if (before) {
    before[Comlink.releaseProxy]();
    at("released").value++;
  }
}

/**
 * Has the picture developed, and shows it.
 *
 * @param {number} gamma
 * @param {(done: number) => unknown} tell a function of JavaScript or of Python; it is called here, and not in the worker
 */
async function develop(gamma, tell) {
  const start = performance.now();
  const pixels = await negative.develop(
    gamma,
    Comlink.proxy((/** @type {number} */ done) => void tell(done)),
  );
  measured.developing = performance.now() - start;
  canvas.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, 0);
}

/** What was measured, in milliseconds. @type {Record<string, number>} */
const measured = {};
/** @type {any} */ (window).measured = measured;

/** Shows what was measured. */
function show() {
  for (const [name, ms] of Object.entries(measured)) at(name).value = `${ms.toFixed(ms < 10 ? 2 : 0)} ms`;
}

/**
 * Does something while the buttons wait, and says what went wrong with it.
 *
 * @param {string} doing
 * @param {() => Promise<string>} work says what was done
 */
async function busy(doing, work) {
  const buttons = document.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  status.value = doing;
  at("error").hidden = true;
  try {
    status.value = await work();
  } catch (thrown) {
    const error = /** @type {Error} */ (thrown);
    at("error").textContent = `${error.name}: ${error.message}`;
    at("error").hidden = false;
    status.value = "It did not work";
    console.info(error.stack); // the traceback of Python
  }
  show();
  for (const button of buttons) button.disabled = false;
}

/**
 * How long something takes, in milliseconds: the middle of some times.
 *
 * @template T
 * @param {(given: T) => Promise<unknown>} work
 * @param {() => T} prepare makes what the work is given, before the time begins
 */
async function time(work, prepare) {
  const times = [];
  for (let i = 0; i < 5; i++) {
    const given = prepare();
    const start = performance.now();
    await work(given);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[2];
}

const CALLS = 200;
const MEBIBYTES_16 = 16 * 1024 * 1024;

async function measure() {
  measured["from-javascript"] = (await time(calls, () => CALLS)) / CALLS;
  measured["from-python"] = await assistant.calls(() => worker.nothing(), CALLS);
  const data = new Uint8Array(MEBIBYTES_16);
  measured.copied = await time(worker.length, () => data);
  const handedOver = () => {
    const copy = data.slice();
    return Comlink.transfer(copy, [copy.buffer]);
  };
  measured.transferred = await time(worker.length, handedOver);
  measured["into-python"] = await time(worker.size, handedOver);
}

/** @param {number} times */
async function calls(times) {
  for (let i = 0; i < times; i++) await worker.nothing();
}

const starting = loadPyodide();
/** @param {number} count */
const showKept = (count) => {
  at("kept").value = count;
};
await worker.watch(Comlink.proxy(showKept));
await open();

const pyodide = await starting;
pyodide.FS.writeFile("/home/pyodide/assistant.py", await (await fetch("assistant.py")).text());
const assistant = pyodide.pyimport("assistant");

at("develop").addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  busy("Developing…", async () => {
    await develop(at("gamma").valueAsNumber, (done) => {
      at("progress").value = done;
    });
    return "Developed";
  });
});
at("expose").addEventListener("click", () =>
  busy("Exposing…", () => assistant.expose({ brightness: () => negative.brightness(), develop }, at("progress"))),
);
at("open").addEventListener("click", () =>
  busy("Taking a picture…", async () => {
    await open();
    return "Taken";
  }),
);
at("measure").addEventListener("click", () =>
  busy("Measuring…", async () => {
    await measure();
    return "Measured";
  }),
);

await busy("Developing…", async () => {
  await develop(1, () => {});
  return "Ready";
});
