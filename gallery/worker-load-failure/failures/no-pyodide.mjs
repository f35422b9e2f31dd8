// Looks for Pyodide in a folder that is not there.
import { startPython } from "../python-worker.mjs";

await startPython("../counter.py", { pyodide: new URL("pyodide/", import.meta.url).href });
