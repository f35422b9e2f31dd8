// Makes the snapshot, in a worker of its own that does nothing else: in a Pyodide that is to make one, all that Python
// sees of JavaScript is a stand-in.
import { keepSnapshot } from "./snapshot.mjs";

const PYODIDE = "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/";

const { loadPyodide } = await import(`${PYODIDE}pyodide.mjs`);
const pyodide = await loadPyodide({ indexURL: PYODIDE, _makeSnapshot: true });
const snapshot = pyodide.makeMemorySnapshot();
await keepSnapshot(PYODIDE, snapshot);
self.postMessage(snapshot.byteLength);
self.close();
