# The globals of the browser, of which nothing is known before they are there.
from typing import Any

def __getattr__(name: str) -> Any: ...
