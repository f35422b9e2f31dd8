// The worker of the word counter.
import { startPython } from "./python-worker.mjs";

await startPython("counter.py");
