// A word is missing: no browser can read this.
import { startPython } from "../python-worker.mjs";

const = 1;
await startPython("../counter.py");
