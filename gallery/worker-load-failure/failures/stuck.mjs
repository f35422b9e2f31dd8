// Runs a program that does not come to its end.
import { startPython } from "../python-worker.mjs";

await startPython("stuck.py");
