package host

import (
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// script finds Python in a script.
func (d *Document) script(text string, dialect syntax.Dialect, around *source.Derived, where Where) {}
