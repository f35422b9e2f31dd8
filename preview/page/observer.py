"""What the observer of a page asks of the Python in it."""

from __future__ import annotations

import asyncio
import functools
import gc
import importlib
import os
import re
import shutil
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from types import CoroutineType, FrameType
from typing import Any

PROGRAM = "/program/"

_own = re.compile(f"^{PROGRAM}(.+)$")


@functools.cache
def _named(file: str) -> str | None:
    """Name a file of the program as people are told of it; others have no name."""
    match = _own.match(file)
    return match and match[1]


def where() -> str:
    """Name the innermost line of the program that is being run, as FILE:LINE, or nothing."""
    return _innermost(sys._getframe())


def _innermost(frame: FrameType | None) -> str:
    while frame is not None:
        if name := _named(frame.f_code.co_filename):
            return f"{name}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


def watch(
    own: str,
    took: Callable[[str, float, str], None],
    unawaited: Callable[[str, str], None],
    busy: Callable[[str], None],
    once: Callable[[Any, str], Any],
    interrupts: Callable[[str], None],
) -> None:
    """Tell of what waits, of coroutines that nobody awaits, of interrupts, and of the line that runs when asked.

    What may be called once is handed to ONCE with the line that made it. OWN says which files are the program's. It is asked by a signal: nothing else comes through to Python that is
    busy, and it costs nothing where nobody asks.
    """
    global _own
    _own = re.compile(own)
    _named.cache_clear()
    for module, name in ((time, "sleep"),):
        call = getattr(module, name)
        setattr(module, name, _timed(call, f"{module.__name__}.{name}", took))
    signal.signal(signal.SIGUSR1, lambda _, frame: busy(_innermost(frame)))
    ffi = importlib.import_module("pyodide.ffi")
    create = ffi.create_once_callable

    def create_once_callable(*args: Any, **kwargs: Any) -> Any:
        return once(create(*args, **kwargs), where())

    setattr(ffi, "create_once_callable", create_once_callable)  # noqa: B010
    sys.set_coroutine_origin_tracking_depth(_DEPTH)

    def warn(coroutine: CoroutineType[Any, Any, Any]) -> None:
        unawaited(coroutine.__qualname__, _origin(coroutine))

    def interrupt(_: int, frame: FrameType | None) -> None:
        interrupts(_innermost(frame))
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    sys.addaudithook(_note)
    # The interpreter looks it up by this name. What it says on standard error is told once.
    setattr(warnings, "_warn_unawaited_coroutine", warn)  # noqa: B010


_DEPTH = 3
"""How many frames are kept of what made a coroutine: libraries make some for a program."""


def _origin(coroutine: CoroutineType[Any, Any, Any]) -> str:
    """Name the line of the program that made a coroutine."""
    for file, line, _ in getattr(coroutine, "cr_origin", None) or ():
        if name := _named(file):
            return f"{name}:{line}"
    return where()


_opened: dict[str, str] = {}
"""The lines that opened files to write to them, by path."""


def _note(event: str, args: tuple[Any, ...]) -> None:
    """Remember who opens files to write to them. It is told of much else."""
    if event == "open" and isinstance(args[0], str) and args[2] & 3 != os.O_RDONLY:
        _opened[os.path.abspath(args[0])] = where()


def opened_by(path: str) -> str:
    """Name the line that opened a file last to write to it, or nothing."""
    return _opened.get(path, "")


def _timed(
    call: Callable[..., Any], name: str, took: Callable[[str, float, str], None]
) -> Callable[..., Any]:
    """Tell of each call: what was called, for how many milliseconds, from which line."""

    @functools.wraps(call)
    def timed(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return call(*args, **kwargs)
        finally:
            took(name, (time.perf_counter() - began) * 1000, where())

    return timed


def pending() -> int:
    """Count the tasks that are not done."""
    return len(asyncio.all_tasks(asyncio.get_event_loop()))


def begin(files: dict[str, str]) -> None:
    """Put a program where it can be imported, and let nothing of the one before be found."""
    shutil.rmtree(PROGRAM, ignore_errors=True)
    Path(PROGRAM).mkdir()
    for name, text in files.items():
        path = Path(PROGRAM, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None)).startswith(PROGRAM):
            del sys.modules[name]
    for task in asyncio.all_tasks(asyncio.get_event_loop()):
        task.cancel()
    if PROGRAM not in sys.path:
        sys.path.insert(0, PROGRAM)
    sys.path_importer_cache.clear()
    collect()


def collect() -> None:
    """Collect what is not needed any more, and what only that needed."""
    for _ in range(2):
        gc.collect()
