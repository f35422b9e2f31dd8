package flow

import (
	"regexp"

	"pyodide-ls/analysis/syntax"
)

// AsksForVersion says whether a node stands under a condition that asks which version something is of, or whether
// something is there: whoever asks knows of others.
func (f *File) AsksForVersion(n syntax.Node) bool {
	for below, p := n, n.Parent(); p.OK(); below, p = p, p.Parent() {
		switch p.Kind() {
		case syntax.IfStatement, syntax.ElifClause:
			for _, a := range asks(p, below) {
				if speaksOfVersion.MatchString(a.condition.Text()) {
					return true
				}
			}
		case syntax.ConditionalExpression, syntax.BooleanOperator:
			if speaksOfVersion.MatchString(p.Text()) {
				return true
			}
		case syntax.MatchStatement:
			return true
		}
	}
	return false
}

// speaksOfVersion finds the conditions by which code asks that.
var speaksOfVersion = regexp.MustCompile(`(?i)version|hasattr|getattr|dir\(|find_spec`)
