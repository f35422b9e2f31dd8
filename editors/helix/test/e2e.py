"""The server in the real editor; run.sh starts it, and PYODIDE_LS_DIR is a folder for its files.

Helix has no way to be asked what it knows. So it runs in a terminal that nobody sees, and what is looked at is its
screen, and files into which it is told to write what is selected.
"""

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pyte

LINES, COLUMNS = 50, 160
PATIENCE = int(os.environ.get("PYODIDE_LS_PATIENCE", "10000")) / 1000
"""How many seconds something may take before it counts as missing."""

MISTAKEN = "PYODIDE_LS_MISTAKEN" in os.environ
"""Whether everything is expected to be otherwise: then nothing may hold."""

ESCAPE = "\x1b"
DIR = Path(os.environ["PYODIDE_LS_DIR"])
ROOT = Path(os.environ["PYODIDE_LS_ROOT"])


class Terminal(pyte.Screen):
    """A terminal with the editor in it."""

    def __init__(self, command: list[str]) -> None:
        """Start it."""
        super().__init__(COLUMNS, LINES)
        self.stream = pyte.ByteStream(self)
        self.status: int | None = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvp(command[0], command)
        fcntl.ioctl(
            self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0)
        )

    def write_process_input(self, data: str) -> None:
        """Answer what the editor asks the terminal."""
        os.write(self.fd, data.encode())

    def report_device_status(self, mode: int = 0, private: bool = False) -> None:
        """Answer it, but for what only some terminals are asked for."""
        if not private:
            super().report_device_status(mode)

    def draws(self, seconds: float, rest: float = 0.03) -> bool:
        """Let the editor draw until it rests, for some seconds at most. It is not so when the editor has ended."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and select.select(
            [self.fd], [], [], min(left, rest)
        )[0]:
            try:
                self.stream.feed(os.read(self.fd, 65536))
            except OSError:
                return False
        return True

    def keys(self, *keys: str) -> None:
        """Press keys, with a pause between them: what follows an escape at once is another key."""
        for key in keys:
            os.write(self.fd, key.encode())
            self.draws(1, 0.2 if key == ESCAPE else 0.03)

    def command(self, line: str) -> None:
        """Type a command. What was shown over the text goes first."""
        self.keys(ESCAPE, f":{line}", "\r")

    def text(self) -> str:
        """Read what is on the screen, as one line without frames."""
        return re.sub(r"[\s─-▟]+", " ", " ".join(self.display))

    def ends(self) -> bool:
        """Whether the editor has ended, and well."""
        self.draws(0.1)
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = os.waitstatus_to_exitcode(status) if pid else None
        return self.status == 0


failed = 0


def check(name: str, want: object, read: Callable[[], object]) -> None:
    """Say whether what is read becomes what is wanted."""
    global failed
    if MISTAKEN:
        want = ("not", want)
    end = time.monotonic() + PATIENCE
    while (got := read()) != want and time.monotonic() < end:
        editor.draws(0.1)
    print(f"{'ok' if got == want else 'not ok'} - {name}", flush=True)
    if got != want:
        failed += 1
        print(f"  # got: {got!r}\n  # for: {want!r}")
        if not MISTAKEN:
            print(
                "\n".join(
                    f"  # | {row.rstrip()}" for row in editor.display if row.strip()
                )
            )


def waits(until: Callable[[], bool]) -> None:
    """Wait for what the editor shows or does next, but not for long: whoever checks tries again."""
    end = time.monotonic() + min(PATIENCE, 2)
    while not until() and time.monotonic() < end:
        editor.draws(0.05)


def counted() -> list[str]:
    """Count the warnings, errors and so on of the file, as the line below it has them: those that there are."""
    status = editor.display[-2]
    return re.findall(r"● (\d+)", status)


def selected() -> str:
    """Read what is selected. The program that it is piped to writes it into a file, which is there when it is whole."""
    told = DIR / "selected"
    told.unlink(missing_ok=True)
    editor.command("pipe-to selected")
    waits(told.exists)
    return told.read_text() if told.exists() else "?"


def hover(*parts: str) -> list[str]:
    """Ask what is selected, and give those of the parts that are said of it."""
    editor.keys(ESCAPE, " ", "k")
    waits(lambda: any(part in editor.text() for part in parts))
    found = [part for part in parts if part in editor.text()]
    editor.keys(ESCAPE)
    return found


def findings() -> list[str]:
    """Go to each finding from the first on, and give them as "rule line: the text that is underlined"."""
    editor.keys(ESCAPE, "g", "g")
    found = []
    for _ in range(sum(int(n) for n in counted())):
        editor.keys("]", "d")
        line = re.search(r"(\d+):\d+\s*$", editor.display[-2])
        text = selected()
        rule = hover("bare-callback: ", "block-main: ")
        found.append(f"{''.join(rule)[:-2]} {line[1] if line else '?'}: {text}")
    return found


def write(where: str, text: str) -> None:
    """Insert a text, once the keys for where have the editor take one.

    It is pasted, which is one change: Helix 25.01 tells the server of what is typed fast in another order.
    """
    editor.keys(ESCAPE, *where)
    waits(lambda: "INS" in editor.display[-2])
    editor.keys(f"{ESCAPE}[200~{text}{ESCAPE}[201~", ESCAPE)
    waits(lambda: "NOR" in editor.display[-2])


def choose(title: str) -> None:
    """Pick what can be done about what is selected by its title, if it is the first that is offered."""
    editor.keys(ESCAPE, " ", "a")
    waits(lambda: title in editor.text())
    editor.keys("\r")


def run() -> None:
    """Do what a person does, and look at what is to be seen then."""
    check("how many findings there are", ["1", "1"], counted)
    check(
        "which, and where",
        ["bare-callback 11: tick", "block-main 12: time.sleep(2)"],
        findings,
    )

    write("geo", 'more = ["🦊𝒳"]; setTimeout(tick, 20)  # 🦊')
    check("a finding in what was typed", ["1", "2"], counted)
    write("ggO", "# é😀")
    moved = [
        "bare-callback 12: tick",
        "block-main 13: time.sleep(2)",
        "bare-callback 14: tick",
    ]
    check("findings move with the text", moved, findings)
    editor.keys(ESCAPE, *"uuuuuu")  # to the oldest text
    check(
        "findings go with their text",
        ["bare-callback 11: tick", "block-main 12: time.sleep(2)"],
        findings,
    )

    editor.keys(ESCAPE, "g", "g", "]", "d")
    page = (ROOT / "rules/barecallback/bare-callback.md").read_text()
    parts = (
        page.splitlines()[0].partition(": ")[2],
        "destroyed when setTimeout returns, so it is gone",
    )
    check(
        "hover shows the page of the rule, and why this is one",
        list(parts),
        lambda: hover(*parts),
    )
    choose("Wrap it in create_once_callable")
    check(
        "the finding of a quick fix is gone", ["block-main 13: time.sleep(2)"], findings
    )
    editor.command("w")
    fixed = (DIR / "bridge-fixed.py").read_text()
    check(
        'it did what "check --fix" does, and is saved',
        fixed,
        (DIR / "bridge.py").read_text,
    )

    editor.command(f"open {DIR / 'two.py'}")
    check("another file", ["bare-callback 3: print"], findings)
    editor.command(f"open {DIR / 'bridge.py'}")
    check("the first has its own still", ["block-main 13: time.sleep(2)"], findings)
    editor.command("qa")
    check("the editor ends", True, editor.ends)


editor = Terminal([sys.argv[1], str(DIR / "bridge.py")])
run()
sys.exit(min(failed, 1))
