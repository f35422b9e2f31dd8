package flow

import (
	"slices"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// RunsAfter says whether a place may run when another has run already, as far as the text shows the order:
// what precedes it in the same function, or is only called from there, is set-up and does not.
func (f *File) RunsAfter(place, other syntax.Node) bool { return f.ask().runsAfter(place, other) }

func (q *query) runsAfter(place, other syntax.Node) bool {
	if q.spent() {
		return false
	}
	function, others := q.scopes.Function(place), q.scopes.Function(other)
	switch {
	case function == others:
		return q.Reaches(other, place)
	case function.OK():
		return q.calledAfter(function, other)
	}
	for _, call := range q.uses(others) { // the top level runs by itself
		if q.runsAfter(place, call) {
			return true
		}
	}
	return false
}

// calledAfter says whether a function may be called when another place has run. One that anything else than a
// plain call of its name may call runs whenever it likes.
func (q *query) calledAfter(function, other syntax.Node) bool {
	if class := scope.Class(function); class.OK() && function.Child(syntax.FieldName).Text() == "__init__" {
		return false
	}
	calls := q.uses(function)
	for _, call := range calls {
		if call.Field() != syntax.FieldFunction || q.runsAfter(call, other) {
			return true
		}
	}
	return len(calls) == 0
}

// uses are the places outside a function that name it, none if it has no name of its own.
func (q *query) uses(function syntax.Node) []syntax.Node {
	if function.Kind() != syntax.FunctionDefinition || scope.Class(function).OK() || !q.plain(function) {
		return nil
	}
	name := q.scopes.Lookup(function.Child(syntax.FieldName))
	if name == nil || len(name.Bindings) != 1 {
		return nil
	}
	return slices.DeleteFunc(q.scopes.References(name), function.Holds) // its own calls never start it
}
