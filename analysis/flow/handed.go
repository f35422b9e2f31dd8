package flow

import (
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Handed lists the arguments of calls through which a value leaves, if nothing else becomes of it: it is an
// argument where it is made, or the value of a local name that is used as an argument and for nothing else.
// It is empty when something may keep the value. A decorator stands for the function that it decorates.
func (f *File) Handed(value syntax.Node) []syntax.Node {
	p := value.Parent()
	switch p.Kind() {
	case syntax.ArgumentList:
		return []syntax.Node{value}
	case syntax.Assignment:
		left := p.Child(syntax.FieldLeft)
		if left.Kind() == syntax.Identifier && p.Parent().Kind() == syntax.ExpressionStatement {
			return f.handedAs(left, left)
		}
	case syntax.Decorator:
		definition := p.Parent().Child(syntax.FieldDefinition)
		if definition.Kind() == syntax.FunctionDefinition && p.Parent().First() == p && !scope.Class(definition).OK() {
			return f.handedAs(definition.Child(syntax.FieldName), definition)
		}
	}
	return nil
}

// handedAs is Handed for the value of a name. A name of the module keeps its value, unless a loop gives it
// the next one.
func (f *File) handedAs(identifier, binding syntax.Node) []syntax.Node {
	name := f.scopes.Lookup(identifier)
	if name == nil || len(name.Bindings) != 1 || name.Bindings[0].Node != binding {
		return nil
	}
	var around syntax.Node
	switch name.Scope.Node.Kind() {
	case syntax.FunctionDefinition:
		around = name.Scope.Node
	case syntax.Module:
		if around = f.loop(binding); !around.OK() || f.scopes.At(binding) != f.scopes.Module() {
			return nil
		}
	default:
		return nil
	}
	uses := f.scopes.References(name)
	for _, use := range uses {
		if use.Parent().Kind() != syntax.ArgumentList || !around.Holds(use) || f.scopes.Function(use) != f.scopes.Function(binding) {
			return nil
		}
	}
	return uses
}

// loop is the innermost loop around a node within its function.
func (f *File) loop(n syntax.Node) syntax.Node {
	if !f.Repeats(n) {
		return syntax.Node{}
	}
	for p := range n.Above() {
		if p.Kind() == syntax.ForStatement || p.Kind() == syntax.WhileStatement {
			return p
		}
	}
	return syntax.Node{}
}
