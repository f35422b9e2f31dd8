package flow

import (
	"strings"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Attempted says whether the function around a node catches what JavaScript raises at the node: it is tried, and what
// does without it stands beside.
func (f *File) Attempted(n syntax.Node) bool {
	for below, p := n, n.Parent(); p.OK(); below, p = p, p.Parent() {
		switch p.Kind() {
		case syntax.FunctionDefinition, syntax.Lambda:
			return false
		case syntax.TryStatement:
			if below.Field() != syntax.FieldBody {
				continue
			}
			for c := range p.Children() {
				if c.Kind() == syntax.ExceptClause && scope.CatchesJavaScript(c) {
					return true
				}
			}
		case syntax.WithStatement:
			if strings.Contains(p.First().Text(), "suppress(") {
				return true
			}
		}
	}
	return false
}
