package flow

import (
	"strings"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Caught says whether the function around a node catches what an import that fails, or an attribute that is not there,
// raises at the node.
func (f *File) Caught(n syntax.Node) bool {
	for below, p := n, n.Parent(); p.OK(); below, p = p, p.Parent() {
		switch p.Kind() {
		case syntax.FunctionDefinition, syntax.Lambda:
			return false
		case syntax.TryStatement:
			if below.Field() == syntax.FieldBody && catches(p) {
				return true
			}
		case syntax.WithStatement:
			if strings.Contains(p.First().Text(), "suppress(") {
				return true
			}
		}
	}
	return false
}

func catches(try syntax.Node) bool {
	for c := range try.Children() {
		if c.Kind() == syntax.ExceptClause && (scope.CatchesImportError(c) || strings.Contains(c.First().Text(), "AttributeError")) {
			return true
		}
	}
	return false
}
