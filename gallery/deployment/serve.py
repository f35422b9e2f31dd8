"""Serves this folder as one of the hosts would: `python serve.py nginx.conf`, or without a file as GitHub Pages does."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import hosts

FOLDER = Path(__file__).parent
PORT = 8000


class Handler(SimpleHTTPRequestHandler):
    """Sends what it is told with each file, and the types that all of the hosts know."""

    extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def __init__(self, *args: Any, host: hosts.Host, **named: Any) -> None:
        """Take the HOST, and what the base class takes."""
        self._host = host
        super().__init__(*args, **named)

    def end_headers(self) -> None:
        """Add the headers."""
        for name, value in self._host.headers(self.path.partition("?")[0]).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextlib.contextmanager
def serving(file: str | None, port: int = 0) -> Iterator[str]:
    """Serve the folder with the headers that a file says, at the address that this yields."""
    host = hosts.read(FOLDER / file) if file else hosts.GITHUB_PAGES
    handler = partial(Handler, host=host, directory=os.fspath(FOLDER))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


if __name__ == "__main__":
    with serving(sys.argv[1] if sys.argv[1:] else None, PORT) as address:
        input(f"{address} is served until you press Enter.")
