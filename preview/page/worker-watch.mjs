// Watches a worker that a page starts by itself, and tells the page.

import { Observer } from "./observer.mjs";

const channel = new BroadcastChannel("pyodide-ls");
new Observer((observation) => channel.postMessage({ ...observation, realm: "worker" }));
