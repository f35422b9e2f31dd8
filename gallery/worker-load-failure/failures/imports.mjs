// Imports a module that is not there.
import { startPython } from "../python-worker.mjs";
// @ts-expect-error it is not there
import { text } from "./texts.mjs";

await startPython(text);
