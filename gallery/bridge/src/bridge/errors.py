"""What goes wrong between the threads of a page, and how an error of a worker becomes one of the page's."""

from __future__ import annotations

import builtins
import traceback
from types import TracebackType
from typing import Any, TypedDict

__all__ = [
    "NotIsolatedError",
    "NotPlainError",
    "RemoteError",
    "RemoteTraceback",
    "WorkerClosedError",
    "WorkerDiedError",
    "WorkerError",
]


class WorkerError(Exception):
    """Something went wrong with a worker, and not with what it was asked to do."""


class WorkerDiedError(WorkerError):
    """The worker could not be started, or it ended by itself; what it was doing is lost."""


class WorkerClosedError(WorkerError):
    """The worker or the pool was closed while somebody still waited for it, or before."""


class RemoteError(Exception):
    """A function of the worker raised an exception that is not one of Python's own.

    `type_name` is the name of its class in the worker. As with every exception that comes out of a worker, the
    traceback is in `__cause__` and is printed with it.
    """

    def __init__(self, type_name: str, message: str) -> None:
        """Name the class of the exception in the worker, and say what it says."""
        super().__init__(f"{type_name}: {message}" if message else type_name)
        self.type_name = type_name


class RemoteTraceback(Exception):
    """The traceback of an exception as the worker printed it, which is the cause of the exception here."""

    def __str__(self) -> str:
        """Show the text, set off from what stands around it."""
        return f'\n"""\n{self.args[0]}"""'


class NotPlainError(TypeError):
    """A value that cannot leave its thread: it is neither plain data, nor a buffer, nor something of JavaScript."""


class NotIsolatedError(RuntimeError):
    """Shared memory was asked for on a page that is not cross-origin isolated."""

    def __init__(self) -> None:
        """Say what the server has to send."""
        super().__init__(
            "shared memory needs a cross-origin isolated page: have the server send"
            ' "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"'
        )


class Described(TypedDict):
    """An exception as plain data, for the way out of a worker."""

    type_name: str
    message: str
    arguments: list[str | int | float | bool | None] | None
    traceback: str


def describe(error: BaseException, without: str) -> Described:
    """Turn an exception into plain data; frames of the file WITHOUT, which only called, are left out at the top."""
    frames: TracebackType | None = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename == without:
        frames = frames.tb_next
    known = type(error).__module__ == "builtins"
    plain = all(argument is None or isinstance(argument, str | int | float) for argument in error.args)
    return {
        "type_name": type(error).__qualname__,
        "message": str(error),
        "arguments": list(error.args) if known and plain else None,
        "traceback": "".join(traceback.format_exception(type(error), error, frames)),
    }


def revive(type_name: str, message: str, arguments: list[Any] | None, text: str) -> Exception:
    """Make the exception anew that was described: of its own class if that is one of Python's, else a RemoteError."""
    error = _of_builtin(type_name, arguments) or RemoteError(type_name, message)
    error.__cause__ = RemoteTraceback(text)
    return error


def _of_builtin(type_name: str, arguments: list[Any] | None) -> Exception | None:
    made = getattr(builtins, type_name, None)
    if arguments is None or not isinstance(made, type) or not issubclass(made, Exception):
        return None
    if issubclass(made, StopIteration | StopAsyncIteration):
        return None  # these mean something else to the coroutine that they would be raised in
    try:
        return made(*arguments)
    except Exception:
        return None
