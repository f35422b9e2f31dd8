package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Behind is the function of the text that runs when a value is called: the value itself, or what a proxy or a partial of
// it calls. No node where that is not certain.
func (f *File) Behind(n syntax.Node) syntax.Node { return f.ask().behind(n) }

func (q *query) behind(n syntax.Node) syntax.Node {
	if q.spent() {
		return syntax.Node{}
	}
	switch n.Kind() {
	case syntax.Lambda:
		return n
	case syntax.ParenthesizedExpression:
		return q.behind(n.First())
	case syntax.Call:
		name := q.scopes.Canonical(n.Child(syntax.FieldFunction))
		if _, proxy := pyodide.ProxyMakers[name]; proxy || name == "functools.partial" {
			return q.behind(n.Child(syntax.FieldArguments).First())
		}
	case syntax.Identifier:
		return q.behindName(q.scopes.Lookup(n))
	case syntax.Attribute:
		if method, ok := q.method(n); ok {
			return method.Def
		}
		if value := q.attributeOfSelf(n); value.OK() {
			return q.behind(value)
		}
	}
	return syntax.Node{}
}

func (q *query) behindName(name *scope.Name) syntax.Node {
	if value := onlyValue(name); value.OK() {
		return q.behind(value)
	}
	if name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByFunction {
		return syntax.Node{}
	}
	function := name.Bindings[0].Node
	if !q.plain(function) && !q.madeProxy(function) {
		return syntax.Node{}
	}
	return function
}

// madeProxy says whether a function has one decorator, which makes a proxy of it.
func (q *query) madeProxy(function syntax.Node) bool {
	decorator := function.Parent().First()
	_, proxy := pyodide.ProxyMakers[q.scopes.Canonical(decorator.First())]
	return proxy && decorator.Kind() == syntax.Decorator && decorator.Next() == function
}
