package pyodide

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
