package flow

import (
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Definition is the expression that an expression has its value from: through names and attributes of self
// that the text gives a value once, None apart. Where that leads no further it is the expression itself.
func (f *File) Definition(n syntax.Node) syntax.Node { return f.ask().definition(n) }

func (q *query) definition(n syntax.Node) syntax.Node {
	if q.spent() {
		return n
	}
	switch n.Kind() {
	case syntax.Identifier:
		if value := onlyValue(q.scopes.Lookup(n)); value.OK() {
			return q.definition(value)
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

// onlyValue is what a name is assigned in one place, whatever says that it is None before or after.
func onlyValue(name *scope.Name) (value syntax.Node) {
	if name == nil {
		return syntax.Node{}
	}
	for _, b := range name.Bindings {
		switch {
		case b.How != scope.ByAssignment:
			return syntax.Node{}
		case b.Value.Kind() == syntax.None:
		case value.OK():
			return syntax.Node{}
		default:
			value = b.Value
		}
	}
	return value
}

// attributeOfSelf is what the text assigns to an attribute of the object that a method is called on, if it
// does so in one place, in a method of the same class.
func (q *query) attributeOfSelf(n syntax.Node) (value syntax.Node) {
	class := q.classOfSelf(n.Child(syntax.FieldObject))
	if !class.OK() {
		return syntax.Node{}
	}
	given := q.given()[n.Child(syntax.FieldAttribute).Text()]
	if given == nil || given.loose > 0 && alone(class) || given.all > len(given.of[class.ID()]) && !alone(class) {
		return syntax.Node{}
	}
	for _, target := range given.of[class.ID()] {
		assignment := target.Parent()
		assigned := assignment.Child(syntax.FieldRight)
		switch {
		case value.OK() && assigned.Kind() != syntax.None,
			assignment.Kind() != syntax.Assignment, target.Field() != syntax.FieldLeft:
			return syntax.Node{}
		case assigned.Kind() != syntax.None:
			value = assigned
		}
	}
	return value
}

// given is where the text assigns to the attributes of one name.
type given struct {
	of    map[int][]syntax.Node // on the object that a method is called on, by its class
	all   int
	loose int // on other objects, and on those of classes that have bases: they may be of any class
}

func (f *File) readGiven() map[string]*given {
	all := map[string]*given{}
	for name, targets := range f.scopes.AllAttributeTargets() {
		g := &given{of: map[int][]syntax.Node{}, all: len(targets)}
		for _, target := range targets {
			of := f.ask().classOfSelf(target.Child(syntax.FieldObject))
			if of.OK() {
				g.of[of.ID()] = append(g.of[of.ID()], target)
			}
			if !of.OK() || !alone(of) {
				g.loose++
			}
		}
		all[name] = g
	}
	return all
}

// alone says whether a class has no bases: methods of another such class never work on its objects.
func alone(class syntax.Node) bool { return !class.Child(syntax.FieldSuperclasses).First().OK() }

// Opened is Definition, and through "with … as name" what the statement enters.
func (f *File) Opened(n syntax.Node) syntax.Node {
	q := f.ask()
	n = q.definition(n)
	name := q.scopes.Lookup(n)
	if n.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByOther {
		return n
	}
	if target := name.Bindings[0].Node.Parent(); target.Kind() == syntax.AsPatternTarget && target.Parent().Parent().Kind() == syntax.WithItem {
		return q.definition(target.Parent().First())
	}
	return n
}
