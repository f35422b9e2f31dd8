// What a worker that loads Pyodide is watched with, from then on. It tells the page over a channel.

import { KEY, Realm } from "./realm.mjs";

/** For how long what the first Python of a worker starts is waited for, in milliseconds. */
const FIRST = 1000;

function inWorker() {
  const channel = new BroadcastChannel("pyodide-ls");
  const worker = crypto.randomUUID();
  const realm = new Realm("worker", (said) => channel.postMessage({ said }));
  realm.changed = async (state) => {
    channel.postMessage({ worker, state });
    if (state !== "loaded") return;
    await realm.settle(FIRST);
    channel.postMessage({ worker, state: "idle" });
  };
  channel.onmessage = async ({ data }) => {
    if (!data.finish) return;
    await realm.finish();
    channel.postMessage({ worker, state: "finished" });
  };
  channel.postMessage({ worker, state: "loading" }); // what loads it has been loaded
  return realm;
}

const all = /** @type {any} */ (globalThis);
all[KEY] ??= inWorker();
