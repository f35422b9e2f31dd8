"""What the observer of a page asks of the Python in it."""

import asyncio
import functools
import gc
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

PROGRAM = "/program/"


def where() -> str:
    """Name the innermost line of the program that is being run, as FILE:LINE, or nothing."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(PROGRAM):
            return f"{file.removeprefix(PROGRAM)}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


def time_calls(took: Callable[[str, float, str], None]) -> None:
    """Tell of each call that waits: what was called, for how many milliseconds, from which line."""
    for module, name in ((time, "sleep"),):
        setattr(
            module,
            name,
            _timed(getattr(module, name), f"{module.__name__}.{name}", took),
        )


def _timed(
    call: Callable[..., Any], name: str, took: Callable[[str, float, str], None]
) -> Callable[..., Any]:
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
