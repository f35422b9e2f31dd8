"""What every test in a browser needs: the folder on a server, a browser, and Pyodide's files."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(__file__).parent
NETWORK = "https://cdn.jsdelivr.net/pyodide/**"
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal for the tests."""


@contextlib.contextmanager
def serve(folder: Path = FOLDER) -> Iterator[str]:
    """Serve a folder from a thread, at the address that this yields and at a port that was free."""
    handler = functools.partial(_Handler, directory=os.fspath(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def executable() -> str | None:
    """Find the browser: CHROMIUM_PATH, or one that is installed, or else none, for the one that Playwright brought."""
    return os.environ.get("CHROMIUM_PATH") or next(
        filter(None, map(shutil.which, BROWSERS)), None
    )


def offline() -> bool:
    """Say whether Pyodide comes from the folder PYODIDE_DIR and not from the content network."""
    return "PYODIDE_DIR" in os.environ


def runtime(url: str) -> Path:
    """Name the file of PYODIDE_DIR that stands for an address of the content network."""
    return Path(os.environ["PYODIDE_DIR"]) / url.rpartition("/")[2]
