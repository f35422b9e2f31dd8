// The page that runs programs: on its own thread, or in a worker that it starts.

import { beat, relay, send } from "./relays.mjs";
import { Runner } from "./runner.mjs";

const realm = new URLSearchParams(location.search).get("realm") === "worker" ? "worker" : "main";

/** @param {import("./observer.mjs").Observation} observation */
const report = (observation) => send({ observation: { ...observation, realm } });

/**
 * Something that loads Pyodide and runs programs.
 * @typedef {{load: (o: import("./runner.mjs").Load) => Promise<string>,
 *   run: (p: import("./runner.mjs").Program) => Promise<void>}} Runs
 */

/** @returns {Runs} */
function inWorker() {
  const worker = new Worker("/.pyodide-ls-worker.mjs", { type: "module" });
  const { port1, port2 } = new MessageChannel();
  /** @type {Map<number, PromiseWithResolvers<any>>} */
  const calls = new Map();
  let next = 0;
  worker.postMessage(port2, [port2]);
  worker.onmessage = ({ data }) =>
    report({ kind: "posted", text: typeof data === "string" ? data : JSON.stringify(data) });
  worker.onerror = (event) => report({ kind: "uncaught", text: event.message });
  port1.onmessage = ({ data }) => {
    if (data.beat) return beat();
    if (data.observation) return report(data.observation);
    const call = calls.get(data.id);
    calls.delete(data.id);
    if (data.failed === undefined) call?.resolve(data.value);
    else call?.reject(data.failed);
  };
  /** @param {object} what */
  const ask = (what) => {
    const call = Promise.withResolvers();
    calls.set(++next, call);
    port1.postMessage({ id: next, ...what });
    return call.promise;
  };
  return { load: (load) => ask({ load }), run: (run) => ask({ run }) };
}

/** @returns {Runs} */
function onPage() {
  setInterval(beat, 100); // before what the program asks for is counted
  return new Runner(report);
}

const runs = realm === "worker" ? inWorker() : onPage();
const memory = crossOriginIsolated ? new SharedArrayBuffer(1) : undefined;

relay.onmessage = async ({ data }) => {
  try {
    if (data.do === "load") {
      const version = await runs.load({ base: data.base, jspi: data.jspi, memory });
      send({ watch: { silence: data.silence, memory } });
      send({ loaded: version });
    } else if (data.do === "run") {
      await runs.run(data.program);
      send(data.program.stay ? { waiting: data.program.id } : { ended: data.program.id });
    }
  } catch (error) {
    send({ failed: String(error) });
  }
};
send({ hello: new URLSearchParams(location.search).get("session") });
report({ kind: "isolation", isolated: crossOriginIsolated });
