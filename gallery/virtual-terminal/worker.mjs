// @ts-check
// The worker: Python with a screen, a keyboard and Ctrl+C, all of which are in the page.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";
import { ANSWER, CALLS, UNSHOWN, views, WAITING } from "./memory.mjs";

/** How many characters may be under way to the screen, and how many bytes are sent at once. */
const AHEAD = 65_536;
const PIECE = 4096;

/** Tells the page something. @param {string} kind @param {unknown[]} values */
const say = (kind, ...values) => self.postMessage({ kind, values });

/** @param {SharedArrayBuffer} buffer */
async function start(buffer) {
  const { control, signal, answer } = views(buffer);

  /**
   * Waits until something holds, Ctrl+C is pressed, or the time is up.
   * @param {() => boolean} holds
   * @param {number} [milliseconds]
   */
  function until(holds, milliseconds) {
    for (;;) {
      const calls = Atomics.load(control, CALLS); // first: the page changes it last
      if (holds() || Atomics.load(signal, 0)) return;
      if (Atomics.wait(control, CALLS, calls, milliseconds) === "timed-out") return;
    }
  }

  /** A stream that is shown in the page: Python waits while there is enough to show. @param {string} name */
  function shown(name) {
    const decoder = new TextDecoder();
    /** @param {Uint8Array} bytes */
    const write = (bytes) => {
      const piece = bytes.subarray(0, PIECE); // Python sends the rest, and looks for Ctrl+C before it does
      const text = decoder.decode(piece, { stream: true });
      Atomics.add(control, UNSHOWN, text.length);
      say("output", text, name);
      until(() => Atomics.load(control, UNSHOWN) <= AHEAD);
      return piece.length;
    };
    return { write };
  }

  /** The keyboard: Python waits for an answer, which may come in parts. @param {Uint8Array} bytes */
  function read(bytes) {
    Atomics.store(control, ANSWER, WAITING);
    say("asks", Math.min(bytes.length, answer.length));
    const answered = () => Atomics.load(control, ANSWER) !== WAITING;
    while (!answered()) {
      until(answered);
      pyodide.checkInterrupt(); // throws what Python takes for EINTR
    }
    const length = Atomics.load(control, ANSWER);
    bytes.set(answer.subarray(0, length));
    return length;
  }

  const pyodide = await loadPyodide();
  pyodide.setStdout(shown("stdout"));
  pyodide.setStderr(shown("stderr"));
  pyodide.setStdin({ read });
  pyodide.setInterruptBuffer(signal);
  pyodide.FS.writeFile("/home/pyodide/terminal.py", await (await fetch("terminal.py")).text());
  /** @param {number} milliseconds */
  const pause = (milliseconds) => until(() => false, milliseconds);
  const terminal = pyodide.pyimport("terminal").Terminal(say, pause, signal);
  const receive = terminal.receive;
  self.onmessage = ({ data: { kind, text } }) => receive(kind, text);
}

/** @param {MessageEvent<SharedArrayBuffer>} first */
function onFirst({ data }) {
  start(data).catch((error) => say("failed", String(error)));
}

self.addEventListener("message", onFirst, { once: true });
