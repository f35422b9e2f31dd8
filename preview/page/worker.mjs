// A worker that runs programs for its page. It speaks over a port of its own: postMessage is the program's.

import { Runner } from "./runner.mjs";

self.addEventListener(
  "message",
  (event) => {
    event.stopImmediatePropagation();
    /** @type {MessagePort} */
    const port = event.data;
    setInterval(() => port.postMessage({ beat: true }), 100); // before what the program asks for is counted
    const runner = new Runner((observation) => port.postMessage({ observation }));
    port.onmessage = async ({ data: { id, load, run } }) => {
      try {
        const value = await (load ? runner.load(load) : runner.run(run));
        port.postMessage({ id, value });
      } catch (error) {
        port.postMessage({ id, failed: String(error) });
      }
    };
  },
  { once: true },
);
