package preview

import "regexp"

// The addresses at which Pyodide's files and PyScript's bundle stand on content networks; scripts may fill in the
// version.
// Sources: https://pyodide.org/en/stable/usage/downloading-and-deploying.html, https://docs.pyscript.net.
var (
	pyodideAddress = regexp.MustCompile(`https://(?:` +
		`cdn\.jsdelivr\.net/pyodide/(?:v(?:[\w.]+|\$\{\w+\})|dev)/(?:full|debug)` +
		`|(?:cdn\.jsdelivr\.net/npm|unpkg\.com)/pyodide@[\w.^~-]+` +
		`|pyodide-cdn2\.iodide\.io/v[\w.]+/full)/`)
	pyScriptAddress = regexp.MustCompile(`https://(?:` +
		`pyscript\.net/(?:releases/[\w.]+|latest|unstable)` +
		`|(?:cdn\.jsdelivr\.net/npm|unpkg\.com)/@pyscript/core(?:@[\w.^~-]+)?/dist)/(core\.(?:js|css))\b`)
)

// Local replaces the addresses of Pyodides on the content networks by the address of one that is here. The address has
// a slash at its end.
func Local(text, address string) string { return pyodideAddress.ReplaceAllLiteralString(text, address) }

// localPyScript does the same for PyScripts. Those before 2023.11 have no core.js, and no module either that could be
// replaced by another.
func localPyScript(text, address string) string {
	return pyScriptAddress.ReplaceAllString(text, address+"${1}")
}
