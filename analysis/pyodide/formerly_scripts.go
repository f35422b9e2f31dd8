package pyodide

// What scripts asked of Pyodide once, and what no release has that is known here. Measured with the last release of each
// line: the members are undefined, runPython raises "kwargs argument is not an object" or looks for globals among the keys
// of the dict, and homedir is ignored.
// Sources: https://pyodide.org/en/stable/project/changelog.html (0.22 to 0.26), https://pyodide.org/en/stable/usage/api/js-api.html
var formerMembers = map[string]string{
	IsPyProxy:             "pyodide has no isPyProxy: ask with instanceof pyodide.ffi.PyProxy",
	"PyProxy":             "pyodide has no PyProxy: it is in pyodide.ffi",
	"PyBuffer":            "pyodide has no PyBuffer: it is in pyodide.ffi",
	"PythonError":         "pyodide has no PythonError: it is in pyodide.ffi",
	"runPythonSyncifying": "pyodide has no runPythonSyncifying: Python that runPythonAsync runs may wait with run_sync",
	BareGlobals:           "runPython takes an object with options behind the code, and the globals by the name globals in it",
	HomeDir:               "loadPyodide ignores homedir: the home is the HOME of env",
}

// The names of what has no name of its own, or another meaning.
const (
	IsPyProxy   = "isPyProxy"
	BareGlobals = "globals of runPython"
	HomeDir     = "homedir"
)

// FormerMember says what became of something that scripts asked of Pyodide.
func FormerMember(name string) string { return formerMembers[name] }

// IsFormerMember says whether the object that loadPyodide gives once had a member of that name.
func IsFormerMember(name string) bool { return formerMembers[name] != "" && name != HomeDir }
