// The page: starts the painters, and shows what they have counted, frame by frame, while they count.
import { colour } from "./colours.mjs";
import { startGpu } from "./gpu.mjs";
import { BYTES, HEIGHT, tryLocked, views, WIDTH, WORDS } from "./memory.mjs";

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);
const status = at("status");
const canvas = at("picture").getContext("2d");
const picture = new ImageData(WIDTH, HEIGHT); // which is not shared: a browser draws no shared memory

const POINTS = 400_000; // for each painter and picture
const FIRST_AND_SECOND = ["first", "second"];

/** What was measured. @type {Record<string, number>} */
const measured = {};
/** @type {any} */ (window).measured = measured;

/** A worker with a painter: it is asked for one thing after the other. */
class Painter {
  /** @param {SharedArrayBuffer} buffer @param {number} number */
  constructor(buffer, number) {
    this.worker = new Worker("worker.mjs", { type: "module" });
    this.started = this.send({ buffer, number });
  }

  /** @param {string} method @param {unknown[]} args */
  ask(method, ...args) {
    return this.send({ method, args });
  }

  /** @param {object} message @returns {Promise<any>} */
  send(message) {
    return new Promise((resolve, reject) => {
      this.worker.onmessage = ({ data: { value, error } }) => (error ? reject(new Error(error)) : resolve(value));
      this.worker.onerror = ({ message }) => reject(new Error(message));
      this.worker.postMessage(message); // the memory is shared by this, and not copied
    });
  }
}

async function start() {
  if (!crossOriginIsolated) {
    status.value =
      "This page is not cross-origin isolated, so that it has no shared memory. Its server has to send headers.";
    return;
  }
  const buffer = new SharedArrayBuffer(BYTES);
  const memory = views(buffer);
  const { control, counts } = memory;
  const painters = FIRST_AND_SECOND.map((_, number) => new Painter(buffer, number));
  const gpu = await startGpu(WIDTH * HEIGHT);
  if (gpu) at("colourist").value = "the GPU";

  /** Colours the counts and draws them; if a painter has the lock, what was drawn before stays for a frame. */
  async function show() {
    const start = performance.now();
    /** How many cells are lit. */
    let lit = -1;
    if (gpu) {
      if (!tryLocked(memory, () => gpu.upload(counts))) return;
      const uploaded = performance.now();
      await gpu.colour();
      const coloured = performance.now();
      lit = gpu.download(picture.data);
      measured.upload = uploaded - start;
      measured.gpu = coloured - uploaded;
      measured.download = performance.now() - coloured;
    } else {
      const coloured = () => {
        lit = colour(counts, picture.data);
      };
      if (!tryLocked(memory, coloured)) return;
    }
    canvas.putImageData(picture, 0, 0);
    Atomics.store(control, WORDS.lit, lit); // from here on Python sees it
    read();
  }

  /** Reads the words of the painters. No lock is needed: each of them is read at once. */
  function read() {
    const points = FIRST_AND_SECOND.map((_, number) => Atomics.load(control, WORDS.points + number));
    for (const [number, id] of FIRST_AND_SECOND.entries()) at(id).value = points[number];
    at("waited").value = Atomics.load(control, WORDS.waited);
    return points[0] + points[1];
  }

  async function paint() {
    Atomics.store(control, WORDS.stop, 0);
    const before = read();
    const began = performance.now();
    const painting = Promise.all(painters.map((painter) => painter.ask("paint", POINTS, at("locked").checked)));
    let painted = false;
    const end = painting.finally(() => {
      painted = true;
    });
    while (!painted) {
      await Promise.race([new Promise(requestAnimationFrame), end]);
      await show();
      at("progress").value = (read() - before) / (2 * POINTS);
    }
    await end;
    measured.speed = (read() - before) / ((performance.now() - began) / 1000);
    await check();
    return Atomics.load(control, WORDS.stop) ? "Stopped" : "Painted";
  }

  /** Draws what is there in the end, and compares: points with counts, and the GPU with JavaScript. */
  async function check() {
    await show();
    at("missing").value = measured.missing = read() - counts.reduce((sum, count) => sum + count, 0);
    at("lit").value = await painters[0].ask("lit");
    const start = performance.now();
    const expected = new Uint8ClampedArray(picture.data.length);
    colour(counts, expected);
    measured.javascript = performance.now() - start;
    let difference = 0;
    for (let i = 0; i < expected.length; i++)
      difference = Math.max(difference, Math.abs(expected[i] - picture.data[i]));
    if (gpu) at("difference").value = difference;
  }

  async function measure() {
    Object.assign(measured, await painters[0].ask("costs"));
    clear();
    await show();
    return "Measured";
  }

  function clear() {
    counts.fill(0);
    control.fill(0);
    at("progress").value = 0;
  }

  /** @param {string} doing @param {() => Promise<string>} work says what was done */
  async function busy(doing, work) {
    for (const id of ["paint", "clear", "measure"]) at(id).disabled = true;
    at("stop").disabled = false;
    status.value = doing;
    try {
      status.value = await work();
    } catch (error) {
      status.value = String(error);
    }
    tell();
    for (const id of ["paint", "clear", "measure"]) at(id).disabled = false;
    at("stop").disabled = true;
  }

  at("paint").addEventListener("click", () => busy("Painting…", paint));
  at("measure").addEventListener("click", () => busy("Measuring…", measure));
  at("stop").addEventListener("click", () => Atomics.store(control, WORDS.stop, 1));
  at("clear").addEventListener("click", () =>
    busy("Clearing…", async () => {
      clear();
      await check();
      return "Cleared";
    }),
  );
  await busy("Starting Python…", async () => {
    await Promise.all(painters.map(({ started }) => started));
    return gpu ? "Ready" : "Ready. This browser has no WebGPU: JavaScript colours the picture.";
  });
}

/** Shows what was measured. */
function tell() {
  for (const id of ["each", "batch"]) if (id in measured) at(id).value = `${(measured[id] * 1000).toFixed(2)} µs`;
  for (const id of ["copy-in", "copy-out", "javascript", "upload", "gpu", "download"]) {
    if (id in measured) at(id).value = `${measured[id].toFixed(2)} ms`;
  }
  if ("speed" in measured) at("speed").value = Math.round(measured.speed).toLocaleString("en");
}

await start();
