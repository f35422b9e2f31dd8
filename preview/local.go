package preview

import "regexp"

// pyodideAddress is where Pyodide's files stand on the content network; scripts may fill in the version.
// Source: https://pyodide.org/en/stable/usage/downloading-and-deploying.html
var pyodideAddress = regexp.MustCompile(`https://cdn\.jsdelivr\.net/pyodide/v(?:[\w.]+|\$\{\w+\})/(?:full|debug)/`)

// Local replaces the addresses of Pyodides on the content network by the address of one that is here. The address has
// a slash at its end.
func Local(text, address string) string { return pyodideAddress.ReplaceAllLiteralString(text, address) }
