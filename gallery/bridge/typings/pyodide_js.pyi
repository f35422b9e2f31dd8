# What loadPyodide gave to the page or to the worker.
from typing import Any

def setInterruptBuffer(buffer: Any) -> None: ...
