// Throws before Python is loaded.
import { startPython } from "../python-worker.mjs";

if (!("telepathy" in navigator)) throw new Error("this worker needs telepathy");
await startPython("../counter.py");
