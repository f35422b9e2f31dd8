package host

import (
	"strings"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Hidden is a place where a script takes JavaScript out of the sight of the Python that it runs.
type Hidden struct {
	source.Span
	How string // "jsglobals", "unregisterJsModule"
	// Others says that the script runs Python that is not written down in it.
	Others bool
}

// The ways of Pyodide to do so.
// Source: https://pyodide.org/en/stable/usage/api/js-api.html
const (
	JSGlobals  = "jsglobals"
	Unregister = "unregisterJsModule"
)

// hides finds those of a script: an object that stands in for the global one, and a module js that is taken away.
func (s *script) hides() (all []Hidden) {
	if !strings.Contains(s.text, JSGlobals) && !strings.Contains(s.text, Unregister) {
		return nil
	}
	s.calls(func(callee, name syntax.Node) {
		if text, ok := constant(name); ok && text == "js" && lastName(callee) == Unregister {
			all = append(all, Hidden{callee.Span(), Unregister, s.others})
		}
	})
	for pair := range s.tree.Of(syntax.Pair) {
		key := pair.Child(syntax.FieldKey)
		s.names.left = steps
		if key.Text() == JSGlobals && s.names.constant(pair.Child(syntax.FieldValue)).Kind() == syntax.Object {
			all = append(all, Hidden{key.Span(), JSGlobals, s.others})
		}
	}
	return all
}
