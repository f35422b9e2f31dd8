// The socket to the server.

/** @import { Message, Request } from "./messages.mjs" */

/** How long it is waited before the next try, in milliseconds, and how many there are. */
const PAUSE = 2000;
const TRIES = 10;

/**
 * @typedef {object} Listener
 * @property {(message: Message) => void} hear
 * @property {(tries: number, most: number) => void} lost the server is gone, and is tried again
 * @property {() => void} gone it is tried no more
 */

/** A socket that is opened again when it closes, but neither at once nor without end. */
export class Link {
  #tries = 0;
  /** @type {WebSocket | undefined} */
  #socket;
  #listener;
  #ended = false;

  /** @param {Listener} listener */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Opens it, with all tries ahead. */
  open() {
    this.#tries = 0;
    this.#ended = false;
    this.#try();
  }

  #try() {
    const socket = new WebSocket("/.pyodide-ls/socket?kind=console");
    socket.onmessage = ({ data }) => {
      this.#tries = 0; // it has more to say than that it is there
      this.#listener.hear(JSON.parse(data));
    };
    socket.onclose = () => this.#closed();
    this.#socket = socket;
  }

  #closed() {
    if (this.#ended) return;
    if (this.#tries === TRIES) {
      this.#listener.gone();
      return;
    }
    this.#tries++;
    this.#listener.lost(this.#tries, TRIES);
    setTimeout(() => this.#try(), PAUSE);
  }

  /** Lets it close for good. */
  end() {
    this.#ended = true;
  }

  /**
   * Says whether the request could be sent.
   * @param {Request} request
   */
  send(request) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(request));
    return true;
  }
}
