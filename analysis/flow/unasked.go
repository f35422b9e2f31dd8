package flow

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Unasked is the attribute or the name of the module that alone holds the value of an expression for good, if nothing of
// the text does anything with it but see whether there is one, and its name says that nobody else does: it begins with
// an underscore.
func (f *File) Unasked(value syntax.Node) (at syntax.Node, ok bool) {
	for _, u := range f.Goes(value) {
		switch {
		case (u.Becomes == Attributed || u.Becomes == OfModule) && !u.Inside && !at.OK():
			at = u.At
		case u.Becomes == Tested && asksForThere(u.At):
		default:
			return syntax.Node{}, false
		}
	}
	name := at.Text()
	if at.Kind() == syntax.Attribute {
		name = at.Child(syntax.FieldAttribute).Text()
	}
	return at, strings.HasPrefix(name, "_") && !strings.HasPrefix(name, "__") && !f.mayAskByName() && !f.replaced(at)
}

// asksForThere says whether a condition is of whether there is something at all.
func asksForThere(n syntax.Node) bool {
	switch n.Kind() {
	case syntax.IfStatement, syntax.ElifClause, syntax.NotOperator:
		return true
	case syntax.ComparisonOperator:
		return n.First().Next().Next().Kind() == syntax.None
	}
	return false
}

// mayAskByName says whether the text may ask for an attribute by a name that it does not write out, or for all tasks.
func (f *File) mayAskByName() bool {
	return slices.ContainsFunc(f.Calls(), func(c Call) bool {
		_, written := syntax.Constant(Positional(c.Node, 1))
		return c.Name == pyodide.AllTasks || pyodide.ByName[c.Name] && !written
	})
}

// replaced says whether what holds a value gets another one later, so that the first is collected. That it has none, as
// long as nothing has begun, is no other.
func (f *File) replaced(at syntax.Node) bool {
	if at.Kind() == syntax.Attribute {
		return slices.ContainsFunc(f.scopes.AttributeTargets(at.Child(syntax.FieldAttribute).Text()), func(other syntax.Node) bool {
			return other != at && f.givesLater(other)
		})
	}
	name := f.scopes.Lookup(at)
	return name == nil || name.Scope.Node.Kind() != syntax.Module || slices.ContainsFunc(name.Bindings, func(b scope.Binding) bool {
		return b.Node != at && f.givesLater(b.Node)
	})
}

// givesLater says whether a target gets anything but None, or gets it after the beginning.
func (f *File) givesLater(target syntax.Node) bool {
	function := f.scopes.Function(target)
	begins := !function.OK() || function.Child(syntax.FieldName).Text() == "__init__"
	return !begins || target.Parent().Child(syntax.FieldRight).Kind() != syntax.None
}
