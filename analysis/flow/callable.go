package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Callable is a Python callable.
type Callable struct {
	// Def is the function_definition or lambda; no node for a partial or a built-in.
	Def syntax.Node
}

// Callable says whether an expression is certainly a Python callable, as opposed to a proxy of one or to a
// JavaScript function.
func (f *File) Callable(n syntax.Node) (Callable, bool) { return f.ask().callable(n) }

func (q *query) callable(n syntax.Node) (Callable, bool) {
	if q.spent() {
		return Callable{}, false
	}
	switch n.Kind() {
	case syntax.Lambda:
		return Callable{n}, true
	case syntax.Identifier:
		return q.callableName(n)
	case syntax.Attribute:
		return q.method(n)
	case syntax.Call:
		return Callable{}, pyodide.FunctionMakers[q.scopes.Canonical(n.Child(syntax.FieldFunction))]
	case syntax.ParenthesizedExpression:
		return q.callable(n.First())
	case syntax.NamedExpression:
		return q.callable(n.Child(syntax.FieldValue))
	case syntax.ConditionalExpression: // value, condition, alternative
		first := n.First()
		c, ok := q.callable(first)
		if _, also := q.callable(first.Next().Next()); !ok || !also {
			return Callable{}, false
		}
		return c, true
	}
	return Callable{}, false
}

func (q *query) callableName(n syntax.Node) (Callable, bool) {
	name := q.scopes.Lookup(n)
	if name == nil {
		return Callable{}, q.scopes.Canonical(n) == "builtins.print"
	}
	return q.agreed(name)
}

// agreed is the callable that every binding of a name gives.
func (q *query) agreed(name *scope.Name) (Callable, bool) {
	var found Callable
	for _, b := range name.Bindings {
		switch b.How {
		case scope.ByFunction:
			if !q.plain(b.Node) {
				return Callable{}, false
			}
			found = Callable{b.Node}
		case scope.ByAssignment:
			c, ok := q.callable(b.Value)
			if !ok {
				return Callable{}, false
			}
			found = c
		default:
			return Callable{}, false
		}
	}
	return found, len(name.Bindings) > 0
}

// plain says whether a function is still a Python function after its decorators.
func (q *query) plain(function syntax.Node) bool {
	decorated := function.Parent()
	if decorated.Kind() != syntax.DecoratedDefinition {
		return true
	}
	for d := range decorated.Children() {
		if d.Kind() != syntax.Decorator {
			continue
		}
		by := d.First()
		if by.Kind() == syntax.Call {
			by = by.Child(syntax.FieldFunction)
		}
		if !pyodide.PlainDecorators[q.scopes.Canonical(by)] {
			return false
		}
	}
	return true
}

// Decorated says whether a function has a decorator of a canonical name, or what a call of that makes.
func (f *File) Decorated(function syntax.Node, by string) bool {
	for d := range function.Parent().Children() {
		made := d.First()
		if made.Kind() == syntax.Call {
			made = made.Child(syntax.FieldFunction)
		}
		if d.Kind() == syntax.Decorator && f.scopes.Canonical(made) == by {
			return true
		}
	}
	return false
}

// method is what an attribute is if it is a method: of self or cls, of an instance of a class of this text,
// or of the class itself.
func (q *query) method(n syntax.Node) (Callable, bool) {
	object, name := n.Child(syntax.FieldObject), n.Child(syntax.FieldAttribute).Text()
	class := q.classOf(object)
	if !class.OK() || len(q.scopes.AttributeTargets(name)) > 0 {
		return Callable{}, false
	}
	c, ok, _ := q.methodOf(class, name)
	return c, ok
}

// methodOf is the method that a class has under a name. settled says that no later base can give another:
// the class defines the name, or may do so.
func (q *query) methodOf(class syntax.Node, name string) (c Callable, ok, settled bool) {
	if q.spent() {
		return Callable{}, false, true
	}
	if own := q.scopes.Opened(class).Name(name); own != nil {
		c, ok = q.agreed(own)
		return c, ok, true
	}
	bases := class.Child(syntax.FieldSuperclasses)
	for base := range bases.Children() {
		parent := q.class(base)
		if !parent.OK() {
			return Callable{}, false, true // it may define the name, and as anything
		}
		if c, ok, settled = q.methodOf(parent, name); settled {
			return c, ok, true
		}
	}
	return Callable{}, false, false
}

// classOf is the class of this text that an expression is an instance of, or is itself; no node if unknown.
func (q *query) classOf(n syntax.Node) syntax.Node {
	if q.spent() || n.Kind() != syntax.Identifier && n.Kind() != syntax.Call {
		return syntax.Node{}
	}
	if n.Kind() == syntax.Call {
		return q.class(n.Child(syntax.FieldFunction))
	}
	if class := q.classOfSelf(n); class.OK() {
		return class
	}
	if class := q.class(n); class.OK() {
		return class
	}
	name := q.scopes.Lookup(n)
	if name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByAssignment {
		return syntax.Node{}
	}
	if value := name.Bindings[0].Value; value.Kind() == syntax.Call {
		return q.class(value.Child(syntax.FieldFunction))
	}
	return syntax.Node{}
}

// class is the class of this text that a name refers to.
func (q *query) class(n syntax.Node) syntax.Node {
	if n.Kind() != syntax.Identifier {
		return syntax.Node{}
	}
	name := q.scopes.Lookup(n)
	if name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByClass {
		return syntax.Node{}
	}
	return name.Bindings[0].Node
}

// classOfSelf is the class around a method whose first parameter the name refers to.
func (q *query) classOfSelf(n syntax.Node) syntax.Node {
	name := q.scopes.Lookup(n)
	if name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByParameter {
		return syntax.Node{}
	}
	function := name.Scope.Node
	if scope.FirstParameter(function) != name.Bindings[0].Node || q.isStatic(function) {
		return syntax.Node{}
	}
	return scope.Class(function)
}

func (q *query) isStatic(function syntax.Node) bool {
	for d := range function.Parent().Children() {
		if d.Kind() != syntax.Decorator {
			continue
		}
		// by its text too: below a star import no built-in is certain
		if by := d.First(); by.Text() == "staticmethod" || q.scopes.Canonical(by) == "builtins.staticmethod" {
			return true
		}
	}
	return false
}
