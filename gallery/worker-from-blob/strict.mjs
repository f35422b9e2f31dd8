// In a frame: tries a Blob where the policy forbids it, and tells the page what came of it.
import { workerOf } from "./blob-worker.mjs";
import { outcome } from "./outcome.mjs";

parent.postMessage(await outcome(() => workerOf('self.postMessage("Hello");')));
