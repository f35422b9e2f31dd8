"""A prompt for the Python of this worker: it runs what the page sends, and tells the page what comes of it."""

from __future__ import annotations

import ast
import asyncio
import builtins
import linecache
import os
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from types import FrameType
from typing import Any, SupportsIndex

import js
from pyodide.console import Console, repr_shorten
from pyodide_js import loadPackagesFromImports

import __main__

MOST_COMPLETIONS = 60


class Terminal(Console):  # type: ignore[misc]  # Pyodide has no types here
    """A console that shows what comes of each input, and whose user can stop it."""

    def __init__(
        self,
        say: Callable[..., None],
        pause: Callable[[float], None],
        signals: Any,
    ) -> None:
        """Tell the page by SAY.

        PAUSE waits for some milliseconds or for Ctrl+C, and SIGNALS is the memory by which the page says so.
        """
        super().__init__(vars(__main__))
        self._say = say
        self._pause = pause
        self._signals = signals
        self._inputs = 0
        self._interrupted = False
        self._typed: asyncio.Task[Any] | None = None
        self._task: asyncio.Task[None] | None = None
        signal.signal(signal.SIGINT, self._on_signal)
        time.sleep = self._sleep  # Pyodide's own does not hear of Ctrl+C
        say("ready", f"Python {sys.version.split()[0]}")

    def receive(self, kind: str, text: str) -> None:
        """Do what a message of the page says."""
        if kind == "run":
            self._interrupted = False
            self._task = asyncio.ensure_future(self._run(text))
            self._task.add_done_callback(self._ended)
        elif kind == "complete":
            self._complete(text)
        elif js.Atomics.exchange(self._signals, 0, 0):
            self._on_signal()  # nothing runs, so that nothing else has looked for it

    async def _run(self, source: str) -> None:
        parts = statements(source)
        for at, part in enumerate(parts):
            self._inputs += 1
            file = f"<input-{self._inputs}>"
            linecache.cache[file] = (len(part), None, part.splitlines(True), file)
            future = self.runsource(part, file)
            if future.syntax_check == "incomplete":
                self._say("more", indentation(source))
                return
            if at == 0:
                self._say("runs")
            if future.syntax_check == "syntax-error":
                future.exception()  # which is asked for so that nobody misses it
                sys.stderr.write(future.formatted_error)
                break
            if not await future:
                break
        self._say("prompt")

    def _ended(self, task: asyncio.Task[None]) -> None:
        # After a mistake in here no prompt would come.
        if error := task.exception():
            self._say("failed", "".join(traceback.format_exception(error)))

    async def runcode(self, source: str, code: Any) -> bool:
        """Load what a statement imports, run it, and show what comes of it. Says whether the next one may follow."""
        if "import" in source:
            await loadPackagesFromImports(source)
        try:
            try:
                self._typed = asyncio.current_task()
                if self._interrupted:
                    raise KeyboardInterrupt
                value = await super().runcode(source, code)
                if value is not None:
                    print(repr_shorten(value))
                    builtins._ = value  # type: ignore[attr-defined]
            finally:
                self._typed = None
        except SystemExit:
            self._say("ended")
        except asyncio.CancelledError:
            sys.stderr.write("KeyboardInterrupt\n")
        except BaseException as error:
            sys.stderr.write(trimmed(error))
        else:
            return True
        return False

    def _complete(self, source: str) -> None:
        words, start = self.complete(source)
        words = sorted(set(words))
        common = os.path.commonprefix(words) or source[start:]
        self._say(
            "completed",
            source[:start] + common,
            "  ".join(words[:MOST_COMPLETIONS]),
            len(words),
        )

    def _sleep(self, seconds: float | SupportsIndex) -> None:
        if (duration := float(seconds)) < 0:
            raise ValueError("sleep length must be non-negative")
        end = time.monotonic() + duration
        while (left := end - time.monotonic()) > 0:
            self._pause(left * 1000)

    def _on_signal(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """Stop what was typed: where it runs, or where it awaits something."""
        if self._typed is None:
            self._interrupted = True  # it has not begun yet
        elif self._typed is asyncio.current_task():
            raise KeyboardInterrupt
        else:
            self._typed.cancel()


def statements(source: str) -> list[str]:
    """Split an input where a statement begins on a line of its own. What cannot be parsed is one part."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            body = ast.parse(source).body
        except (SyntaxError, ValueError):
            return [source]
    starts = [0]
    for last, node in zip(body, body[1:], strict=False):
        decorators = getattr(node, "decorator_list", [])
        first = min(each.lineno for each in (node, *decorators)) - 1
        if first >= (last.end_lineno or 0):
            starts.append(first)
    if len(starts) == 1:
        return [source]
    lines = source.splitlines(keepends=True)
    ends = [*starts[1:], len(lines)]
    return [
        "".join(lines[start:end]).rstrip() + "\n"
        for start, end in zip(starts, ends, strict=True)
    ]


def indentation(source: str) -> str:
    """Give the spaces with which the next line begins."""
    line = source.rpartition("\n")[2]
    spaces = line[: len(line) - len(line.lstrip())]
    return spaces + "    " * line.rstrip().endswith(":")


def trimmed(error: BaseException) -> str:
    """Format a traceback that begins where something was typed: what is below that is ours."""
    vars(sys)["last_exc"] = error  # for pdb.pm()
    told = traceback.TracebackException.from_exception(error)
    files = [frame.filename for frame in told.stack]
    begin = next((at for at, file in enumerate(files) if file.startswith("<input-")), 0)
    told.stack[:] = [
        frame for frame in told.stack[begin:] if frame.filename != __file__
    ]
    return "".join(told.format())
