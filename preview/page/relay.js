// A worker beside the page: the way to the server, and a witness of the thread that runs Python. It goes on while
// that thread does not.

/** For how long Python may not answer before it is asked where it is, in milliseconds. */
const CURIOUS = 200;
/** How long an interrupt is left to itself before the next, in milliseconds: it may be lost, or caught. */
const AGAIN = 1000;
/** The signals by which it is asked, and interrupted. */
const [SIGUSR1, SIGINT] = [10, 2];

/** For how long Python may not answer before it is interrupted, in milliseconds. */
let silence = Number.POSITIVE_INFINITY;
/** @type {Int8Array | undefined} */
let interrupt;
let last = performance.now();
let asked = false;
let interrupted = 0;

const socket = new WebSocket(new URL("/.pyodide-ls/socket", self.location.href));
/** @type {string[]} */
const early = [];

/** @param {unknown} message */
function send(message) {
  const text = JSON.stringify(message);
  if (socket.readyState === WebSocket.OPEN) socket.send(text);
  else early.push(text);
}

socket.onopen = () => {
  for (const text of early.splice(0)) socket.send(text);
};
socket.onmessage = ({ data }) => self.postMessage(JSON.parse(data));
socket.onclose = () => self.postMessage({ do: "closed" });

self.onmessage = ({ data }) => {
  if (data.beat) {
    last = performance.now();
    if (asked) send({ answers: true });
    if (asked && interrupt) interrupt[0] = 0; // nobody has taken it: it was not Python that did not end
    asked = false;
  } else if (data.watch) {
    silence = data.watch.silence;
    interrupt = data.watch.memory && new Int8Array(data.watch.memory);
    last = performance.now();
  } else send(data);
};

setInterval(() => {
  const now = performance.now();
  const silent = now - last;
  if (silent < silence) {
    if (silent > CURIOUS && interrupt) interrupt[0] = SIGUSR1;
    return;
  }
  if (interrupt && (!asked || now - interrupted > AGAIN)) {
    interrupt[0] = SIGINT;
    interrupted = now;
  }
  if (!asked) send({ silent: Math.round(silent) });
  asked = true;
}, 100);
