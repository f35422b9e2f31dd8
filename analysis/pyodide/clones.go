package pyodide

// Clones are the operations of which an argument is cloned, from 0: no proxy can be, and what cannot raises a
// DataCloneError.
// Sources: https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializeinternal, and what calls it: posting
// messages, the state of the session history, https://w3c.github.io/IndexedDB/#clone
var Clones = map[string]int{
	"Window.postMessage": 0, "DedicatedWorkerGlobalScope.postMessage": 0, "Worker.postMessage": 0, "MessagePort.postMessage": 0,
	"BroadcastChannel.postMessage": 0, "Client.postMessage": 0, "ServiceWorker.postMessage": 0,
	"Window.structuredClone": 0, "WorkerGlobalScope.structuredClone": 0, "History.pushState": 0, "History.replaceState": 0,
	"IDBObjectStore.add": 0, "IDBObjectStore.put": 0, "IDBCursor.update": 0,
}

// CloningMethods are those of them that mean the same on any object of JavaScript.
var CloningMethods = map[string]int{PostMessage: 0, "pushState": 0, "replaceState": 0}

// ObjectsByDefault is the first line whose to_js makes an object of a dict. Those before make a LiteralMap, a Map behind a
// JavaScript Proxy, which cannot be cloned, unless to_js is given a dict_converter. So do later ones that loadPyodide is
// told toJsLiteralMap.
// Source: https://pyodide.org/en/stable/project/changelog.html#version-0-29-0
const ObjectsByDefault = V029

// Makers are the functions of Python that give what JavaScript gets a proxy of, by canonical name, and what that is.
// Sources: https://docs.python.org/3/library/functions.html, https://docs.python.org/3/library/collections.html,
// https://docs.python.org/3/library/dataclasses.html
var Makers = map[string]string{
	"builtins.dict": "dict", "builtins.list": "list", "builtins.tuple": "tuple", "builtins.set": "set", "builtins.frozenset": "frozenset",
	"builtins.sorted": "list", "builtins.bytes": "bytes", "builtins.bytearray": "bytearray", "builtins.range": "range",
	"collections.defaultdict": "dict", "collections.OrderedDict": "dict", "collections.Counter": "dict", "collections.deque": "deque",
	"dataclasses.asdict": "dict", "dataclasses.astuple": "tuple",
}

// Convertible are those of them that to_js makes something of which can be cloned. What a function or an instance was to
// be on the other side nobody knows.
// Source: https://pyodide.org/en/stable/usage/type-conversions.html#python-to-javascript
var Convertible = []string{"dict", "list", "tuple", "set", "frozenset", "bytes", "bytearray"}
