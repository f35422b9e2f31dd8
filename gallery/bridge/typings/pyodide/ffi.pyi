# What bridge uses of Pyodide's foreign function interface.
from typing import Any

JsProxy: Any
JsDoubleProxy: Any

class JsException(Exception): ...

def create_proxy(obj: Any, /) -> Any: ...
def to_js(obj: Any, /, *, dict_converter: Any = ..., create_pyproxies: bool = ...) -> Any: ...
