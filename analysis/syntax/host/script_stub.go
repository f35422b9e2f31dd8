package host

import "pyodide-ls/analysis/source"

// Dialect is the kind of a script.
type Dialect = Kind

// script finds Python in a script.
func (d *Document) script(text string, dialect Dialect, around *source.Derived, where Where) {}
