// The way from a page to the server.

/** Sends to the server, and hands on what comes from there. */
export const relay = new Worker(new URL("./relay.js", import.meta.url));

/** @param {unknown} message */
export const send = (message) => relay.postMessage(message);

/** Tells the relay that the thread that runs Python is not held up. */
export const beat = () => send({ beat: true });
