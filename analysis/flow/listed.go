package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Listed are the expressions that give the items of a list or a tuple, those that are appended under its name among them;
// ok is false for what is not certainly one of the two.
func (f *File) Listed(n syntax.Node) (items []syntax.Node, ok bool) { return f.ask().listed(n) }

func (q *query) listed(n syntax.Node) (items []syntax.Node, ok bool) {
	made := q.definition(n)
	switch made.Kind() {
	case syntax.List, syntax.Tuple:
		for item := range made.Children() {
			if item.Kind() != syntax.ListSplat {
				items = append(items, item)
				continue
			}
			more, _ := q.listed(item.First())
			items = append(items, more...)
		}
		return append(items, q.appended(n)...), true
	case syntax.ListComprehension:
		return append(q.appended(n), made.First()), true
	case syntax.Call:
		return q.collected(made)
	}
	return nil, false
}

// collected are the items of list(...) and tuple(...): those of what is given to it, or of what makes them one by one.
func (q *query) collected(call syntax.Node) (items []syntax.Node, ok bool) {
	if name := q.scopes.Canonical(call.Child(syntax.FieldFunction)); name != "builtins.list" && name != "builtins.tuple" {
		return nil, false
	}
	arguments := call.Child(syntax.FieldArguments) // of list(x for x in y) it is the generator itself
	of := arguments.First()
	if arguments.Kind() == syntax.GeneratorExpression {
		of = arguments
	}
	if of.Kind() == syntax.GeneratorExpression {
		return []syntax.Node{of.First()}, true
	}
	items, _ = q.listed(of)
	return items, true
}

// appended are the arguments of the calls of append on a name.
func (q *query) appended(n syntax.Node) (items []syntax.Node) {
	if n.Kind() != syntax.Identifier {
		return nil
	}
	for _, r := range q.scopes.References(q.scopes.Lookup(n)) {
		call := r.Parent().Parent()
		if r.Parent().Child(syntax.FieldAttribute).Text() == "append" && call.Kind() == syntax.Call {
			items = append(items, call.Child(syntax.FieldArguments).First())
		}
	}
	return items
}

// Awaitable says whether an expression is certainly a coroutine, a task or a future of Python's. The promise that a call
// of JavaScript gives is one as well: Pyodide makes a future of it.
func (f *File) Awaitable(n syntax.Node) bool { return f.ask().awaitable(n) }

func (q *query) awaitable(n syntax.Node) bool {
	if n = q.definition(n); q.spent() || n.Kind() != syntax.Call {
		return false
	}
	function := n.Child(syntax.FieldFunction)
	if pyodide.Chaining[function.Child(syntax.FieldAttribute).Text()] {
		return q.awaitable(function.Child(syntax.FieldObject))
	}
	if path := q.javaScript(function); path != "" {
		return pyodide.GivesFuture(path)
	}
	if pyodide.Awaitables[q.scopes.Canonical(function)] {
		return true
	}
	if name := q.scopes.Lookup(function); function.Kind() == syntax.Identifier && name != nil && len(name.Bindings) != 1 {
		return false
	}
	called, ok := q.callable(function)
	switch {
	case !ok || called.Def.Kind() != syntax.FunctionDefinition:
		return false
	case Async(called.Def):
		return !q.yields(called.Def)
	}
	return q.returnsOnly(called.Def, q.awaitable)
}

// yields says whether a function is a generator.
func (q *query) yields(function syntax.Node) bool {
	for n := range function.Child(syntax.FieldBody).Within() {
		if n.Kind() == syntax.Yield && q.scopes.Function(n) == function {
			return true
		}
	}
	return false
}

// returnsOnly says whether a function returns somewhere, and each time what is asked for.
func (q *query) returnsOnly(function syntax.Node, is func(syntax.Node) bool) bool {
	some := false
	for n := range function.Child(syntax.FieldBody).Within() {
		if n.Kind() != syntax.ReturnStatement || q.scopes.Function(n) != function {
			continue
		}
		if some = true; !is(n.First()) {
			return false
		}
	}
	return some && !q.yields(function) && scope.Class(function) == syntax.Node{}
}
