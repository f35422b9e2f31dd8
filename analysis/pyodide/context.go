package pyodide

import "strings"

// Bound is a name of pyscript that works in some places only, and elsewhere is an object that raises whatever is done
// with it.
type Bound struct {
	Realms Realms // where it works
	Raises string // the error of a use elsewhere
	Called bool   // whether only its call is a use
}

// PyScriptBound are those names.
// Source: pyscript/context.py (before 0.6.70 magic_js.py) in core/src/stdlib of each pinned release
var PyScriptBound = map[string]Bound{
	"pyscript.sync":             {Realms: Worker, Raises: "AttributeError"},
	"pyscript.context.sync":     {Realms: Worker, Raises: "AttributeError"},
	"pyscript.PyWorker":         {Realms: Main, Raises: "TypeError", Called: true},
	"pyscript.context.PyWorker": {Realms: Main, Raises: "TypeError", Called: true},
}

// WorkerTypes are what PyWorker takes for what tags and create_named_worker call by a shorter name.
// Source: https://docs.pyscript.net/latest/user-guide/workers/
var WorkerTypes = map[string]string{"py": "pyodide", "mpy": "micropython"}

// workerStarters are the functions of pyscript and polyscript that run a file of Python in a worker, by their last names.
// Sources: https://docs.pyscript.net/latest/user-guide/workers/, https://pyscript.github.io/polyscript/.
var workerStarters = map[string]bool{"PyWorker": true, "XWorker": true, "create_named_worker": true}

// StartsWorker says whether a function runs a file of Python in a worker, by its canonical name.
func StartsWorker(name string) bool {
	return (strings.HasPrefix(name, "pyscript.") || strings.HasPrefix(name, "polyscript.")) &&
		workerStarters[name[strings.LastIndexByte(name, '.')+1:]]
}

// PyScriptWorkers are the names of what gives a worker that has a name: by an item or an attribute, as a promise of what
// its functions are called on.
// Source: pyscript/workers.py in core/src/stdlib of each pinned release, esm/workers.js of the polyscript in it
var PyScriptWorkers = map[string]bool{"pyscript.workers": true, "pyscript.workers.workers": true, "polyscript.workers": true}

// PyScriptPages are the names by which a worker has what the functions of its page are called on.
// Source: pyscript/context.py in core/src/stdlib of each pinned release
var PyScriptPages = map[string]bool{"pyscript.sync": true, "pyscript.context.sync": true, "polyscript.xworker.sync": true}

// PyScriptProxied are the names that what a worker's functions are called on has by itself: those of the page that a
// worker may call, and of any object of JavaScript's in Python.
// Source: esm/worker/class.js of polyscript, https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.JsProxy
var PyScriptProxied = words(`importJS importCSS isStuck notStuck to_py js_id new then catch finally_ object_keys object_values
	object_entries as_object_map as_py_json bind`)

// MakesWorker says whether a canonical name is the constructor of JavaScript's own workers.
func MakesWorker(name string) bool { return name == "js.Worker.new" || name == "js.SharedWorker.new" }
