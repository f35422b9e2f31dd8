package ownerlessproxy

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// stays says whether the proxy outlives its use: what the listener is on lasts as long as the page, or the
// callback refers to it, which makes a cycle that neither collector can see.
func (c *checker) stays(x *proxy) bool {
	on := target(x.call)
	origin := pyodide.Standing
	if on.OK() {
		origin = c.Unit.Flow.Origin(on)
	}
	self, class := c.Self(x.call)
	if own := self != nil && c.inInit(x.call); own {
		x.class = class
	}
	switch origin {
	case pyodide.Standing:
		return true
	case pyodide.Found:
		if !c.Unit.Scopes.Function(x.call).OK() || !c.Unit.Flow.WritesMarkup() {
			return true
		}
	}
	if on.Kind() == syntax.Identifier && c.Unit.Flow.Holds(x.callable, c.Unit.Scopes.Lookup(on)) {
		x.cycle = true
		return true
	}
	held, here := c.onSelf(on, self)
	if !held || !c.Unit.Flow.Holds(x.callable, self) {
		return false
	}
	x.cycle = true
	if here { // what was there before is let go, so that each instance has one
		x.class = class
		x.runs = c.Unit.Flow.Instances(class)
	}
	return true
}

// target is what the listener is on; no node for the page itself.
func target(call syntax.Node) syntax.Node {
	return call.Child(syntax.FieldFunction).Child(syntax.FieldObject)
}

// inInit says whether a node runs once for each instance of its class.
func (c *checker) inInit(n syntax.Node) bool {
	function := c.Unit.Scopes.Function(n)
	return function == c.Method(n) && function.Child(syntax.FieldName).Text() == "__init__" && !c.Unit.Flow.Repeats(n)
}

// onSelf says whether an instance refers to an object: as self.x, or by an assignment of the local name to
// such an attribute. here says that the function around puts it there, in place of what was there before.
func (c *checker) onSelf(object syntax.Node, self *scope.Name) (held, here bool) {
	if self == nil {
		return false, false
	}
	function := c.Unit.Scopes.Function(object)
	if object.Kind() == syntax.Identifier {
		name := c.Unit.Scopes.Lookup(object)
		if name == nil {
			return false, false
		}
		for _, r := range c.Unit.Scopes.References(name) {
			if r.Field() == syntax.FieldRight && r.Parent().Kind() == syntax.Assignment && c.ofSelf(r.Parent().Child(syntax.FieldLeft), self) {
				return true, true
			}
		}
		return false, false
	}
	for object.Child(syntax.FieldObject).Kind() == syntax.Attribute {
		object = object.Child(syntax.FieldObject)
	}
	if !c.ofSelf(object, self) {
		return false, false
	}
	for _, t := range c.Unit.Scopes.AttributeTargets(object.Child(syntax.FieldAttribute).Text()) {
		here = here || function.Holds(t)
	}
	return true, here
}

// ofSelf says whether a node is an attribute of self.
func (c *checker) ofSelf(n syntax.Node, self *scope.Name) bool {
	object := n.Child(syntax.FieldObject)
	return n.Kind() == syntax.Attribute && object.Kind() == syntax.Identifier && c.Unit.Scopes.Lookup(object) == self
}
