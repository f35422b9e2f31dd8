package flow

import (
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Origin says where the JavaScript object of an expression comes from, and so how long it lives.
func (f *File) Origin(n syntax.Node) pyodide.Origin { return f.ask().origin(n) }

func (q *query) origin(n syntax.Node) pyodide.Origin {
	if q.spent() {
		return pyodide.Elsewhere
	}
	if path := q.javaScript(n); path != "" {
		if q.held(n) {
			return pyodide.Standing
		}
		return pyodide.OriginOf(path)
	}
	switch n.Kind() {
	case syntax.Identifier:
		if name := q.scopes.Lookup(n); name != nil && len(name.Bindings) == 1 && name.Bindings[0].How == scope.ByAssignment {
			return q.origin(name.Bindings[0].Value)
		}
	case syntax.Attribute:
		return q.attributeOrigin(n)
	case syntax.Call:
		return q.resultOrigin(n.Child(syntax.FieldFunction))
	}
	return pyodide.Elsewhere
}

// resultOrigin is where the result of a call comes from: of a method, or of a function of this text that does
// nothing but return it.
func (q *query) resultOrigin(function syntax.Node) pyodide.Origin {
	if function.Kind() == syntax.Attribute {
		switch from := q.origin(function.Child(syntax.FieldObject)); from {
		case pyodide.Elsewhere, pyodide.Made: // what a made element holds goes with it
			return from
		}
		return pyodide.OriginOf("js." + function.Child(syntax.FieldAttribute).Text() + "()")
	}
	name := q.scopes.Lookup(function)
	if function.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByFunction {
		return pyodide.Elsewhere
	}
	for s := range name.Bindings[0].Node.Child(syntax.FieldBody).Children() {
		if s.Kind() == syntax.ReturnStatement {
			return q.origin(s.First())
		}
		if s.First().Kind() != syntax.String { // a docstring
			break
		}
	}
	return pyodide.Elsewhere
}

// held says whether a name of the module keeps the object that an expression starts from: it is bound one
// time, at the top level.
func (q *query) held(n syntax.Node) bool {
	for n.Kind() == syntax.Attribute {
		if pyodide.Steps[n.Child(syntax.FieldAttribute).Text()] {
			return false
		}
		n = n.Child(syntax.FieldObject)
	}
	if n.Kind() != syntax.Identifier {
		return false
	}
	name := q.scopes.Lookup(n)
	if name == nil || name.Scope != q.scopes.Module() || len(name.Bindings) != 1 {
		return false
	}
	at := name.Bindings[0].Node
	return name.Bindings[0].How != scope.ByLoop && q.scopes.At(at) == q.scopes.Module() && !q.Repeats(at)
}

// attributeOrigin is where the object comes from that the methods of a class put on self, if they agree.
func (q *query) attributeOrigin(n syntax.Node) pyodide.Origin {
	class := q.classOfSelf(n.Child(syntax.FieldObject))
	if !class.OK() {
		return q.origin(n.Child(syntax.FieldObject)) // "self.view.body" goes with "self.view"
	}
	origins := []pyodide.Origin{}
	for _, target := range q.scopes.AttributeTargets(n.Child(syntax.FieldAttribute).Text()) {
		if of := q.classOfSelf(target.Child(syntax.FieldObject)); of != class {
			continue
		}
		value := target.Parent().Child(syntax.FieldRight)
		if target.Parent().Kind() != syntax.Assignment || value.Kind() == syntax.Assignment {
			return pyodide.Elsewhere
		}
		if value.Kind() != syntax.None { // an element that is not there yet
			origins = append(origins, q.origin(value))
		}
	}
	if origins = slices.Compact(origins); len(origins) != 1 {
		return pyodide.Elsewhere
	}
	return origins[0]
}

// WritesMarkup says whether the text replaces elements of the page, so that what is looked up in it may be
// new each time.
func (f *File) WritesMarkup() bool {
	for _, name := range pyodide.MarkupAttributes {
		if len(f.scopes.AttributeTargets(name)) > 0 {
			return true
		}
	}
	for call := range f.scopes.Tree().Of(syntax.Call) {
		if pyodide.MarkupMethods[call.Child(syntax.FieldFunction).Child(syntax.FieldAttribute).Text()] {
			return true
		}
	}
	return false
}
