// Runs a program that raises.
import { startPython } from "../python-worker.mjs";

await startPython("raises.py");
