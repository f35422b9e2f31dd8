// Watches a page that stands as somebody wrote it, and runs its Python by itself.

import { Observer } from "./observer.mjs";
import { pause, TURN, waitingFor, watch } from "./pending.mjs";
import { press } from "./press.mjs";
import { beat, relay, send } from "./relays.mjs";

/** How long PyScript may take until all of a page's scripts have run, in milliseconds. */
const LOADING = 30_000;
/** How long it may take behind an error that nobody caught: of a page that fails it never says that all have run. */
const FAILING = 2_000;

const own = new URL(import.meta.url);
setInterval(beat, 100); // before what the page asks for is counted
const failed = Promise.withResolvers();

/** @param {import("./observer.mjs").Observation} observation */
function report(observation) {
  if (observation.kind === "uncaught") failed.resolve(undefined);
  send({ observation });
}

const observer = new Observer((observation) => report({ ...observation, realm: "main" }));
watch();
watchWorkers();
new BroadcastChannel("pyodide-ls").onmessage = ({ data }) => report(data);

/** Watches the module workers that the page starts. */
function watchWorkers() {
  const watcher = new URL("./worker-watch.mjs", import.meta.url).href;
  const Started = globalThis.Worker;
  globalThis.Worker = class extends Started {
    /**
     * @param {string | URL} url
     * @param {WorkerOptions} [options]
     */
    constructor(url, options) {
      const script = new URL(url, document.baseURI).href;
      const both = `import ${JSON.stringify(watcher)};\nimport ${JSON.stringify(script)};\n`;
      const watched =
        options?.type === "module" ? URL.createObjectURL(new Blob([both], { type: "text/javascript" })) : url;
      super(watched, options);
    }
  };
}

/** Settled when the page says that all of its scripts have run, or when one has failed. */
const done = Promise.race([
  new Promise((resolve) => addEventListener("py:all-done", resolve)),
  failed.promise.then(() => pause(FAILING)),
  pause(LOADING),
]);

/** @param {number} patience in milliseconds */
async function settle(patience) {
  const until = performance.now() + patience;
  await pause(10 * TURN);
  while (waitingFor() > 0 && performance.now() < until) await pause(TURN);
}

relay.onmessage = async ({ data }) => {
  if (data.do !== "run") return;
  await done;
  await settle(data.program.patience);
  observer.begin(); // loading holds up the page by itself
  const { patience, twice } = data.program;
  if (data.program.press) await press(observer, { settle: () => settle(patience), collect: async () => {}, twice });
  await pause(TURN);
  observer.reportBlocked();
  send({ ended: data.program.id });
};
send({ hello: own.searchParams.get("session") });
