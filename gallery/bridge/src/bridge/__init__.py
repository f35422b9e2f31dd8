"""What Python in a web page needs beside Pyodide: proxies that end, reactive values, a virtual DOM."""

from bridge.core import (
    Subscription,
    alive,
    keep_alive,
    listen,
    proxies,
    release,
    release_group,
)
from bridge.dom import bind_input, bind_list, bind_to_dom
from bridge.reactivity import (
    Change,
    Computed,
    CycleError,
    Readable,
    Signal,
    batch,
    computed,
    effect,
    observable,
    on_cleanup,
    owned,
    subscribe,
    untracked,
)
from bridge.vdom import Node, PythonVDOM, h

__all__ = [
    "Change",
    "Computed",
    "CycleError",
    "Node",
    "PythonVDOM",
    "Readable",
    "Signal",
    "Subscription",
    "alive",
    "batch",
    "bind_input",
    "bind_list",
    "bind_to_dom",
    "computed",
    "effect",
    "h",
    "keep_alive",
    "listen",
    "observable",
    "on_cleanup",
    "owned",
    "proxies",
    "release",
    "release_group",
    "subscribe",
    "untracked",
]
