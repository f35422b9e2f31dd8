package flow

import (
	"strings"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Asked says whether some function is asked before a node comes to run: in a condition around it, or of a statement above
// it that leaves, itself or by way of a name; or in the try whose except clause holds it.
func (f *File) Asked(n syntax.Node, functions map[string]bool) bool {
	q := f.ask()
	for below, p := n, n.Parent(); p.OK(); below, p = p, p.Parent() {
		switch p.Kind() {
		case syntax.IfStatement, syntax.ElifClause, syntax.WhileStatement:
			if below.Field() != syntax.FieldCondition && q.names(p.Child(syntax.FieldCondition), functions) {
				return true
			}
		case syntax.ConditionalExpression:
			if q.names(p.First().Next(), functions) {
				return true
			}
		case syntax.BooleanOperator:
			if below.Field() == syntax.FieldRight && q.names(p.Child(syntax.FieldLeft), functions) {
				return true
			}
		case syntax.TryStatement:
			if below.Field() != syntax.FieldBody && q.names(p.Child(syntax.FieldBody), functions) {
				return true
			}
		case syntax.Block, syntax.Module:
			if q.leftBefore(below, functions) {
				return true
			}
		}
	}
	return false
}

// leftBefore says whether a statement above one in its block asks a function, and leaves.
func (q *query) leftBefore(statement syntax.Node, functions map[string]bool) bool {
	for s := range statement.Parent().Children() {
		if s.ID() >= statement.ID() {
			break
		}
		switch s.Kind() {
		case syntax.IfStatement:
			if leaves(s.Child(syntax.FieldConsequence)) && q.names(s.Child(syntax.FieldCondition), functions) {
				return true
			}
		case syntax.AssertStatement:
			if q.names(s, functions) {
				return true
			}
		}
	}
	return false
}

// names says whether a piece of code names one of some functions, or has a name whose value does.
func (q *query) names(code syntax.Node, functions map[string]bool) bool {
	if q.spent() {
		return false
	}
	if q.isNamed(code, functions) {
		return true
	}
	for n := range code.Within() {
		if q.isNamed(n, functions) {
			return true
		}
	}
	return false
}

func (q *query) isNamed(n syntax.Node, functions map[string]bool) bool {
	if n.Kind() != syntax.Identifier {
		return false
	}
	if functions[n.Text()] {
		return true
	}
	name := q.scopes.Lookup(n)
	if name == nil || !scope.Refers(n) {
		return false
	}
	for _, b := range name.Bindings {
		if b.How == scope.ByAssignment && q.names(b.Value, functions) || b.How == scope.ByImport && functions[b.Import[strings.LastIndexByte(b.Import, '.')+1:]] {
			return true
		}
	}
	return false
}
