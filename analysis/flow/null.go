package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Null is the member of JavaScript or of the web platform that an expression has its value from, if that is certain and
// the value may be null. It is never None then: nothing else gives it, and what gives null does not give undefined.
func (f *File) Null(n syntax.Node) (m pyodide.Member, ok bool) {
	q := f.ask()
	q.strict, q.onward = true, true
	return q.null(n)
}

func (q *query) null(n syntax.Node) (m pyodide.Member, ok bool) {
	if q.spent() {
		return pyodide.Member{}, false
	}
	switch n.Kind() {
	case syntax.ParenthesizedExpression:
		return q.null(n.First())
	case syntax.NamedExpression:
		return q.null(n.Child(syntax.FieldValue))
	case syntax.Await:
		m, ok = pyodide.NullAt(q.javaScript(n.First()))
		return m, ok && m.Promise
	case syntax.Identifier:
		if name := q.scopes.Lookup(n); name != nil && rooted(q.scopes.Canonical(n)) == "" {
			return q.nullName(name)
		}
	case syntax.Attribute:
		if value := q.attributeOfSelf(n); value.OK() {
			if q.emptied(n) {
				return pyodide.Member{}, false
			}
			return q.null(value)
		}
	case syntax.Call:
		if m, ok = q.nullOf(n); ok {
			return m, ok
		}
	}
	m, ok = pyodide.NullAt(q.javaScript(n))
	return m, ok && !m.Promise
}

// NullGiven is Null for a parameter: of the first call of its function in the text that gives it what may be null, with
// what that gives.
func (f *File) NullGiven(n syntax.Node) (m pyodide.Member, given syntax.Node, ok bool) {
	q := f.ask()
	q.strict, q.onward = true, true
	parameter := q.parameter(q.definition(n))
	if parameter == nil {
		return pyodide.Member{}, syntax.Node{}, false
	}
	values, _ := q.receives(parameter)
	for _, value := range values {
		if m, ok = q.null(value); ok {
			return m, value, true
		}
	}
	return pyodide.Member{}, syntax.Node{}, false
}

// nullName is null for a name: one of the values that it is given may be null, and each of the others is an object of
// JavaScript, or one of Python's that is not None.
func (q *query) nullName(name *scope.Name) (m pyodide.Member, ok bool) {
	for _, b := range name.Bindings {
		if b.How != scope.ByAssignment {
			return pyodide.Member{}, false
		}
		if one, null := q.null(b.Value); null {
			m, ok = one, true
		} else if pyodide.InterfaceAt(q.javaScript(b.Value)) == "" && !q.python(b.Value) {
			return pyodide.Member{}, false
		}
	}
	return m, ok
}

// nullOf is null for what a call of a function of the text gives, which returns such a value and nothing else.
func (q *query) nullOf(call syntax.Node) (m pyodide.Member, ok bool) {
	called, ok := q.callable(call.Child(syntax.FieldFunction))
	if !ok || called.Def.Kind() != syntax.FunctionDefinition || Async(called.Def) {
		return pyodide.Member{}, false
	}
	last := syntax.Node{}
	for s := range called.Def.Child(syntax.FieldBody).Children() {
		last = s
	}
	ok = last.Kind() == syntax.ReturnStatement && q.returnsOnly(called.Def, func(value syntax.Node) (null bool) {
		m, null = q.null(value)
		return null
	})
	return m, ok
}

// emptied says whether the text gives None to an attribute of self as well.
func (q *query) emptied(n syntax.Node) bool {
	class := q.classOfSelf(n.Child(syntax.FieldObject))
	for _, target := range q.given()[n.Child(syntax.FieldAttribute).Text()].of[class.ID()] {
		if target.Parent().Child(syntax.FieldRight).Kind() == syntax.None {
			return true
		}
	}
	return false
}
