package pyodide

// Former is what became of a name that a module does not have any more, in no release that is known here.
type Former struct {
	Until   string // the release that had it no more: "PyScript 2023.11.1"
	Instead string // completes "use …"
	Source  string
}

const pyScriptNext = "https://docs.pyscript.net/2023.11.1/"

// formers are names that PyScript had before it was written anew, which brought others for most.
// Source: pyscriptjs/src/python/pyscript at the tag 2023.05.1, and core/src/stdlib at 2023.11.1
var formers = map[string]Former{
	"pyscript.Element":        {"PyScript 2023.11.1", "document.getElementById", pyScriptNext},
	"pyscript.PyItemTemplate": {"PyScript 2023.11.1", "pyscript.web", pyScriptNext},
	"pyscript.PyListTemplate": {"PyScript 2023.11.1", "pyscript.web", pyScriptNext},
	"pyscript.PyScript":       {"PyScript 2023.11.1", "display", pyScriptNext},
	"pyscript.PyWidgetTheme":  {"PyScript 2023.11.1", "pyscript.web", pyScriptNext},
	"pyscript.create":         {"PyScript 2023.11.1", "document.createElement", pyScriptNext},
	"pyscript.write":          {"PyScript 2023.11.1", "display", pyScriptNext},
	"pyscript.loop":           {"PyScript 2023.11.1", "asyncio.get_running_loop", pyScriptNext},
}

// FormerName is what became of a name that a module had.
func FormerName(module, name string) (Former, bool) {
	f, ok := formers[module+"."+name]
	return f, ok
}
