#!/usr/bin/env python3
"""Stands between an editor and the server, and writes down what the editor says of itself with initialize.

PYODIDE_LS_CHECK is the program of the server, PYODIDE_LS_RECORD the file that is written. What is of this machine alone
is left out: the process, the folder, and how its names go on.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PLACES = {
    "processId": None,
    "rootPath": "$DIR",
    "rootUri": "file://$DIR",
    "workspaceFolders": [{"uri": "file://$DIR", "name": "x"}],
}


def messages(read: int, write: int) -> Any:
    """Pass everything on, and give what was read of it, message by message."""
    held = b""
    while data := os.read(read, 65536):
        os.write(write, data)
        held += data
        while b"\r\n\r\n" in held:
            head, rest = held.split(b"\r\n\r\n", 1)
            size = next(
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.startswith(b"Content-Length")
            )
            if len(rest) < size:
                break
            yield json.loads(rest[:size])
            held = rest[size:]


def record(params: dict[str, Any], file: Path) -> None:
    """Write down what an editor said."""
    said = {
        key: PLACES[key] if value is not None and key in PLACES else value
        for key, value in params.items()
    }
    said.pop("workDoneToken", None)
    file.write_text(
        json.dumps(said, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    )


server = subprocess.Popen(
    [os.environ["PYODIDE_LS_CHECK"], *sys.argv[1:]], stdin=subprocess.PIPE
)
assert server.stdin is not None
for message in messages(0, server.stdin.fileno()):
    file = Path(os.environ["PYODIDE_LS_RECORD"])
    if (
        message.get("method") == "initialize" and not file.exists()
    ):  # of several servers the first, which has a folder
        record(message["params"], file)
server.stdin.close()
sys.exit(server.wait())
