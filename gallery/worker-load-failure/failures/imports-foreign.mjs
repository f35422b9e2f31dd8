// Imports a module of a site that does not let others have it (CORS).
import { startPython } from "../python-worker.mjs";
// @ts-expect-error it is not there for us
import "https://example.com/counter.mjs";

await startPython("../counter.py");
