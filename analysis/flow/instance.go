package flow

import (
	"cmp"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Called is the canonical name of what a call calls, methods of objects among it: "threading.Thread.start" for
// "t.start()" behind "t = threading.Thread(…)", and so for an object of a class of the text that has Thread for a base
// and no start of its own. It is empty where that is not known.
func (f *File) Called(c Call) string {
	if c.Name != "" || c.Path != "" {
		return c.Name
	}
	return f.ask().called(c.Function)
}

func (q *query) called(function syntax.Node) string {
	if name := q.scopes.Canonical(function); name != "" {
		return name
	}
	method := function.Child(syntax.FieldAttribute).Text()
	if q.spent() || method == "" || len(q.scopes.AttributeTargets(method)) > 0 {
		return ""
	}
	if class := q.instance(function.Child(syntax.FieldObject), method); class != "" {
		return class + "." + method
	}
	return ""
}

// instance is the canonical name of the class that an object is of, or of the one that its class has a method from.
func (q *query) instance(object syntax.Node, method string) string {
	if q.spent() {
		return ""
	}
	if class := q.classOfSelf(object); class.OK() {
		return q.inherited(class, method)
	}
	if object.Kind() == syntax.Call && object.Child(syntax.FieldFunction).Text() == "super" {
		return q.base(q.around(object), method)
	}
	switch made := q.definition(object); made.Kind() {
	case syntax.Call:
		function := made.Child(syntax.FieldFunction)
		if class := q.class(function); class.OK() {
			return q.inherited(class, method)
		}
		name := q.called(function)
		return cmp.Or(pyodide.Resolves(name), pyodide.MadeBy(name))
	case syntax.Await:
		if awaited := made.First(); awaited.Kind() == syntax.Call {
			return pyodide.Resolves(q.called(awaited.Child(syntax.FieldFunction)))
		}
	case syntax.Identifier:
		return q.bestowed(made, method)
	}
	return ""
}

// inherited is the class outside the text that an object of a class of the text has a method from.
func (q *query) inherited(class syntax.Node, method string) string {
	if q.spent() || q.scopes.Opened(class).Name(method) != nil {
		return ""
	}
	return q.base(class, method)
}

// base is inherited for what the bases of a class have. Where there are several, each of the first may have it.
func (q *query) base(class syntax.Node, method string) string {
	first := class.Child(syntax.FieldSuperclasses).First()
	if parent := q.class(first); parent.OK() {
		return q.inherited(parent, method)
	}
	return q.scopes.Canonical(first)
}

// around is the class in whose body the function around a node stands.
func (q *query) around(n syntax.Node) syntax.Node { return scope.Class(q.scopes.Function(n)) }

// bestowed is the class of what a with statement or a loop gives to a name.
func (q *query) bestowed(identifier syntax.Node, method string) string {
	name := q.scopes.Lookup(identifier)
	if name == nil || len(name.Bindings) != 1 {
		return ""
	}
	switch b := name.Bindings[0]; {
	case b.How == scope.ByLoop:
		return q.element(b.Value, method)
	case b.Node.Parent().Kind() == syntax.AsPatternTarget && b.Node.Parent().Parent().Parent().Kind() == syntax.WithItem:
		return q.instance(b.Node.Parent().Parent().First(), method)
	}
	return ""
}

// element is the class of what is in a list, if all of it is of one.
func (q *query) element(list syntax.Node, method string) string {
	list = q.definition(list)
	switch list.Kind() {
	case syntax.ListComprehension, syntax.GeneratorExpression:
		return q.instance(list.First(), method)
	case syntax.List, syntax.Tuple:
		class := ""
		for e := range list.Children() {
			of := q.instance(e, method)
			if of == "" || class != "" && of != class {
				return ""
			}
			class = of
		}
		return class
	}
	return ""
}
