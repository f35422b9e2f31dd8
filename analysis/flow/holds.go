package flow

import (
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Holds says whether a callable certainly refers to what a name of a function stands for: its body or its
// defaults do, or it is a bound method or a partial of it.
func (f *File) Holds(callable syntax.Node, name *scope.Name) bool {
	return name != nil && name.Scope.Node.Kind() == syntax.FunctionDefinition && f.ask().holds(callable, name)
}

func (q *query) holds(callable syntax.Node, name *scope.Name) bool {
	if q.spent() {
		return false
	}
	switch callable.Kind() {
	case syntax.Lambda, syntax.FunctionDefinition:
		return q.closesOver(callable, name)
	case syntax.ParenthesizedExpression:
		return q.holds(callable.First(), name)
	case syntax.Attribute:
		method, ok := q.method(callable)
		return ok && !q.isStatic(method.Def) && q.scopes.Lookup(callable.Child(syntax.FieldObject)) == name
	case syntax.Call:
		if q.scopes.Canonical(callable.Child(syntax.FieldFunction)) != "functools.partial" {
			return false
		}
		for a := range callable.Child(syntax.FieldArguments).Children() {
			if a.Kind() == syntax.KeywordArgument {
				a = a.Child(syntax.FieldValue)
			}
			if a.Kind() == syntax.Identifier && q.scopes.Lookup(a) == name || q.holds(a, name) {
				return true
			}
		}
	case syntax.Identifier:
		to := q.scopes.Lookup(callable)
		if to == nil || len(to.Bindings) != 1 {
			return false
		}
		switch b := to.Bindings[0]; b.How {
		case scope.ByFunction:
			return q.holds(b.Node, name)
		case scope.ByAssignment:
			return q.holds(b.Value, name)
		}
	}
	return false
}

// closesOver says whether a function or lambda refers to a name around it. A closure sees the last value of
// a name that a loop binds: earlier values are held only by what was evaluated in their own turn.
func (q *query) closesOver(function syntax.Node, name *scope.Name) bool {
	again := len(name.Bindings) != 1 || name.Bindings[0].How == scope.ByLoop || q.Repeats(name.Bindings[0].Node)
	for _, r := range q.scopes.References(name) {
		if function.Holds(r) && (!again || q.scopes.Function(r) == name.Scope.Node) {
			return true
		}
	}
	return false
}
