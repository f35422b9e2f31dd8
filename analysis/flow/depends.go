package flow

import (
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Made says whether a function makes something for whoever calls it, with this piece of its code: the code
// depends on its parameters, or it returns a value.
func (f *File) Made(code, function syntax.Node) bool {
	return f.Returns(function) || f.ask().depends(code, function)
}

// Returns says whether a function returns a value that is not None in plain sight.
func (f *File) Returns(function syntax.Node) bool {
	for n := range function.Within() {
		if n.Kind() == syntax.ReturnStatement && f.scopes.Function(n) == function && n.First().OK() && n.First().Kind() != syntax.None {
			return true
		}
	}
	return false
}

func (q *query) depends(code, function syntax.Node) bool {
	if q.spent() {
		return false
	}
	if q.nameDepends(code, function) {
		return true
	}
	for n := range code.Within() {
		if q.nameDepends(n, function) {
			return true
		}
	}
	return false
}

// nameDepends says whether a name in a function's code is a parameter, or a local name whose value depends
// on one.
func (q *query) nameDepends(n, function syntax.Node) bool {
	if n.Kind() != syntax.Identifier || !scope.Refers(n) {
		return false
	}
	name := q.scopes.Lookup(n)
	if name == nil || name.Scope.Node != function {
		return false
	}
	for _, b := range name.Bindings {
		switch b.How {
		case scope.ByParameter:
			return true
		case scope.ByFunction:
			if q.depends(b.Node, function) {
				return true
			}
		case scope.ByAssignment, scope.ByLoop:
			if q.depends(b.Value, function) {
				return true
			}
		}
	}
	return false
}
