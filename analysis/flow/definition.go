package flow

import (
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Definition is the expression that an expression has its value from: through names that are bound once, and
// attributes of self that the text assigns once. Where that leads no further it is the expression itself.
func (f *File) Definition(n syntax.Node) syntax.Node { return f.ask().definition(n) }

func (q *query) definition(n syntax.Node) syntax.Node {
	if q.spent() {
		return n
	}
	switch n.Kind() {
	case syntax.Identifier:
		name := q.scopes.Lookup(n)
		if name != nil && len(name.Bindings) == 1 && name.Bindings[0].How == scope.ByAssignment {
			return q.definition(name.Bindings[0].Value)
		}
	case syntax.Attribute:
		if value := q.attributeOfSelf(n); value.OK() {
			return q.definition(value)
		}
	case syntax.ParenthesizedExpression:
		return q.definition(n.First())
	case syntax.NamedExpression:
		return q.definition(n.Child(syntax.FieldValue))
	}
	return n
}

// attributeOfSelf is what the text assigns to an attribute of the object that a method is called on, if it
// does so in one place, in a method of the same class.
func (q *query) attributeOfSelf(n syntax.Node) syntax.Node {
	class := q.classOfSelf(n.Child(syntax.FieldObject))
	targets := q.scopes.AttributeTargets(n.Child(syntax.FieldAttribute).Text())
	if !class.OK() || len(targets) != 1 {
		return syntax.Node{}
	}
	target := targets[0]
	assignment := target.Parent()
	if assignment.Kind() != syntax.Assignment || target.Field() != syntax.FieldLeft || q.classOfSelf(target.Child(syntax.FieldObject)) != class {
		return syntax.Node{}
	}
	return assignment.Child(syntax.FieldRight)
}
