package pyodide

// What Python's containers do with what they are given, by method.
// Source: https://docs.python.org/3/library/stdtypes.html and collections.html.
var (
	// ContainerStores put an argument into the container.
	ContainerStores = map[string]bool{
		"append": true, "appendleft": true, "add": true, "insert": true, "setdefault": true,
	}
	// ContainerJoins put into the container what an argument holds.
	ContainerJoins = map[string]bool{"extend": true, "extendleft": true, "update": true}
	// ContainerTakes give something that the container holds.
	ContainerTakes = map[string]bool{
		"pop": true, "popleft": true, "get": true, "setdefault": true, "__getitem__": true,
	}
	// ContainerViews give another container of the same things.
	ContainerViews = map[string]bool{"values": true, "items": true, "copy": true, "union": true, "popitem": true}
)

// Collectors are functions that give a container, or an iterator, of what a container holds.
// Source: https://docs.python.org/3/library/functions.html
var Collectors = map[string]bool{
	"builtins.list": true, "builtins.tuple": true, "builtins.set": true, "builtins.dict": true,
	"builtins.sorted": true, "builtins.reversed": true, "builtins.iter": true, "builtins.enumerate": true,
	"builtins.zip": true,
}

// Lookers are functions that only look at what they are given.
// Source: https://docs.python.org/3/library/functions.html
var Lookers = map[string]bool{
	"builtins.print": true, "builtins.len": true, "builtins.str": true, "builtins.repr": true, "builtins.id": true,
	"builtins.isinstance": true, "builtins.hasattr": true, "builtins.bool": true, "builtins.callable": true,
	"builtins.type": true, "builtins.dir": true,
}

// DestroyProxies destroys the proxies in an array of JavaScript's; a list of Python's is a TypeError on all versions.
// Source: pyodide/src/py/_pyodide/_core_docs.py
const DestroyProxies = "pyodide.ffi.destroy_proxies"
