package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Coroutine is the call whose coroutine an expression gives, or may give. No node where it certainly gives something else,
// or that is not known.
func (f *File) Coroutine(n syntax.Node) syntax.Node { return f.ask().coroutine(n) }

func (q *query) coroutine(n syntax.Node) (call syntax.Node) {
	if q.spent() {
		return syntax.Node{}
	}
	switch n.Kind() {
	case syntax.Call:
		function := n.Child(syntax.FieldFunction)
		if pyodide.Coroutines[q.scopes.Canonical(function)] {
			return n
		}
		if c, ok := q.callable(function); ok && Async(c.Def) && !q.Yields(c.Def) {
			return n
		}
	case syntax.ParenthesizedExpression:
		return q.coroutine(n.First())
	case syntax.BooleanOperator:
		return q.coroutine(n.Child(syntax.FieldRight))
	case syntax.ConditionalExpression: // value, condition, alternative
		value := n.First()
		if call = q.coroutine(value); !call.OK() {
			call = q.coroutine(value.Next().Next())
		}
	}
	return call
}

// Returned are the values that a function returns: those of its return statements, or the body of a lambda.
func (f *File) Returned(function syntax.Node) (all []syntax.Node) {
	body := function.Child(syntax.FieldBody)
	if function.Kind() == syntax.Lambda {
		return []syntax.Node{body}
	}
	for n := range body.Within() {
		if n.Kind() == syntax.ReturnStatement && n.First().OK() && f.scopes.Function(n) == function {
			all = append(all, n.First())
		}
	}
	return all
}

// Yields says whether a function is a generator, which its callers go through in a way of their own.
func (f *File) Yields(function syntax.Node) bool {
	for n := range function.Child(syntax.FieldBody).Within() {
		if n.Kind() == syntax.Yield && f.scopes.Function(n) == function {
			return true
		}
	}
	return false
}

// Defined says whether a function that is called somewhere has its value before another place is come to: it is a name
// that is defined above it, or in a function around that, or a method of self.
func (f *File) Defined(function, place syntax.Node) bool {
	if function.Kind() == syntax.Attribute {
		return f.ask().classOfSelf(function.Child(syntax.FieldObject)).OK()
	}
	name := f.scopes.Lookup(function)
	if function.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 {
		return false
	}
	at := name.Bindings[0].Node
	return at.ID() < place.ID() || f.scopes.Function(place).OK() && f.scopes.Function(at) != f.scopes.Function(place)
}
