package host

import (
	"slices"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// names knows what the names in a script stand for, as far as constants hold texts.
type names struct {
	tree     *syntax.Tree
	uses     map[string][]use // that bind or change a name
	assigned map[string]bool  // properties that are given a value outside an object or a class; nil until asked for
	left     int              // steps that may still be taken: who goes further goes in a circle
}

// steps is how far a name may lead to a value.
const steps = 16

// use is a place where a name is bound or changed.
type use struct {
	at      syntax.Node
	scope   syntax.Node // that it is bound in; none where it is changed
	value   syntax.Node // that it always has, if it is known
	changes bool
}

// constant is the expression that another stands for: the value of a name or a property that is never changed.
// Where there is none it is the expression itself.
func (s *names) constant(n syntax.Node) syntax.Node {
	for ; ; s.left-- {
		inner := unwrap(n)
		if s.left <= 0 {
			return inner
		}
		value := syntax.Node{}
		switch inner.Kind() {
		case syntax.Identifier, syntax.ShorthandPropertyIdentifier:
			value = s.variable(inner)
		case syntax.MemberExpression:
			value = s.property(inner)
		case syntax.CallExpression:
			if inner.Child(syntax.FieldFunction).Text() == "Object.freeze" {
				value = argument(inner, 0)
			}
		}
		if !value.OK() {
			return inner
		}
		n = value
	}
}

// variable is the value of a variable, none if it may have several.
func (s *names) variable(n syntax.Node) syntax.Node {
	scope, binding, ok := s.binding(n)
	if !ok || !binding.value.OK() {
		return syntax.Node{}
	}
	for _, u := range s.of(n.Text()) {
		if !u.changes {
			continue
		}
		if changed, _, _ := s.binding(u.at); changed == scope {
			return syntax.Node{}
		}
	}
	return binding.value
}

// binding is the scope that a name is bound in, and how; ok is false where it is bound nowhere or twice.
func (s *names) binding(n syntax.Node) (scope syntax.Node, one use, ok bool) {
	uses := s.of(n.Text())
	for p := range n.Above() {
		count := 0
		for _, u := range uses {
			if !u.changes && u.scope == p {
				count++
				scope, one = p, u
			}
		}
		if count > 0 {
			return scope, one, count == 1
		}
	}
	return syntax.Node{}, use{}, false
}

// of are the uses of a name that bind or change it.
func (s *names) of(name string) []use {
	uses, known := s.uses[name]
	if known {
		return uses
	}
	for _, k := range []syntax.Kind{syntax.Identifier, syntax.ShorthandPropertyIdentifierPattern, syntax.Other} {
		for n := range s.tree.Of(k) {
			if k == syntax.Other && n.Field() != syntax.FieldName || n.Text() != name {
				continue // TypeScript's name of a class is one
			}
			if u, ok := useOf(n); ok {
				uses = append(uses, u)
			}
		}
	}
	s.uses[name] = uses
	return uses
}

// useOf says whether a name stands where it is bound or changed.
func useOf(n syntax.Node) (use, bool) {
	part, p := n, n.Parent()
	for inPattern(part, p) {
		part, p = p, p.Parent()
	}
	whole := part == n
	u := use{at: n}
	switch p.Kind() {
	case syntax.VariableDeclarator:
		if part.Field() != syntax.FieldName {
			return use{}, false
		}
		if whole {
			u.value = p.Child(syntax.FieldValue)
		}
		u.scope = scopeOf(p, p.Parent().Kind() == syntax.VariableDeclaration)
	case syntax.FormalParameters:
		u.scope = p.Parent()
	case syntax.ArrowFunction, syntax.CatchClause:
		u.scope = p
		return u, part.Field() == syntax.FieldParameter
	case syntax.FunctionExpression, syntax.GeneratorFunction, syntax.Class:
		u.scope = p
		return u, part.Field() == syntax.FieldName
	case syntax.FunctionDeclaration, syntax.GeneratorFunctionDeclaration, syntax.ClassDeclaration, syntax.AbstractClassDeclaration:
		u.scope = scopeOf(p, false)
		if p.Kind() == syntax.ClassDeclaration || p.Kind() == syntax.AbstractClassDeclaration {
			u.value = p
		}
		return u, part.Field() == syntax.FieldName
	case syntax.ImportClause, syntax.ImportSpecifier, syntax.NamespaceImport, syntax.ImportRequireClause:
		u.scope = n.Tree().Root()
	case syntax.ForInStatement:
		if part.Field() != syntax.FieldLeft {
			return use{}, false
		}
		u.scope = p
		head := n.Tree().Text()[p.Span().Start:part.Span().Start]
		u.changes = !source.HasWord(head, "const") && !source.HasWord(head, "let") && !source.HasWord(head, "var")
	case syntax.AssignmentExpression, syntax.AugmentedAssignmentExpression:
		u.changes = true
		return u, part.Field() == syntax.FieldLeft
	case syntax.UpdateExpression:
		u.changes = true
	default:
		return use{}, false
	}
	return u, true
}

// inPattern says whether a part of a pattern is what the pattern binds there.
func inPattern(part, p syntax.Node) bool {
	switch p.Kind() {
	case syntax.ObjectPattern, syntax.ArrayPattern, syntax.RestPattern, syntax.RequiredParameter, syntax.OptionalParameter:
		return part.Field() != syntax.FieldValue && part.Field() != syntax.FieldType
	case syntax.PairPattern:
		return part.Field() == syntax.FieldValue
	case syntax.AssignmentPattern, syntax.ObjectAssignmentPattern:
		return part.Field() == syntax.FieldLeft
	case syntax.ParenthesizedExpression, syntax.NonNullExpression:
		return true
	}
	return false
}

var functions = []syntax.Kind{syntax.Program, syntax.FunctionDeclaration, syntax.FunctionExpression, syntax.ArrowFunction,
	syntax.MethodDefinition, syntax.GeneratorFunction, syntax.GeneratorFunctionDeclaration, syntax.ClassStaticBlock}

var blocks = []syntax.Kind{syntax.StatementBlock, syntax.ForStatement, syntax.ForInStatement, syntax.SwitchBody}

// scopeOf is where a declaration counts.
func scopeOf(n syntax.Node, wholeFunction bool) syntax.Node {
	for p := range n.Above() {
		if slices.Contains(functions, p.Kind()) || !wholeFunction && slices.Contains(blocks, p.Kind()) {
			return p
		}
	}
	return n.Tree().Root()
}

// property is the value of a property that an object or a class is written with, and that is never assigned.
func (s *names) property(n syntax.Node) syntax.Node {
	name := n.Child(syntax.FieldProperty).Text()
	if name == "" || s.changesProperty(name) {
		return syntax.Node{}
	}
	object := unwrap(n.Child(syntax.FieldObject))
	if object.Kind() != syntax.This {
		s.left--
		return s.member(s.constant(object), name)
	}
	for p := range n.Above() {
		if p.Kind() == syntax.ClassBody {
			return s.member(p.Parent(), name)
		}
		if p.Kind() != syntax.Object {
			continue
		}
		if value := s.member(p, name); value.OK() {
			return value
		}
	}
	return syntax.Node{}
}

// member is the value that an object or a class gives to a property, none if it may be given several.
func (s *names) member(of syntax.Node, name string) (value syntax.Node) {
	switch of.Kind() {
	case syntax.Class, syntax.ClassDeclaration, syntax.AbstractClassDeclaration:
		of = of.Child(syntax.FieldBody)
	case syntax.Object:
	default:
		return syntax.Node{}
	}
	count := 0
	for c := range of.Children() {
		switch key := firstOf(c.Child(syntax.FieldKey), c.Child(syntax.FieldProperty), c.Child(syntax.FieldName)); {
		case c.Kind() == syntax.SpreadElement || key.Kind() == syntax.ComputedPropertyName || c.Kind() == syntax.Error:
			return syntax.Node{} // which may be another
		case c.Kind() == syntax.ShorthandPropertyIdentifier && c.Text() == name:
			value = c
		case key.OK() && (key.Text() == name || isString(key, name)):
			value = c.Child(syntax.FieldValue)
		default:
			continue
		}
		count++
	}
	if count != 1 {
		return syntax.Node{}
	}
	return value
}

func isString(n syntax.Node, text string) bool {
	got, ok := constant(n)
	return ok && got == text
}

func firstOf(nodes ...syntax.Node) syntax.Node {
	for _, n := range nodes {
		if n.OK() {
			return n
		}
	}
	return syntax.Node{}
}

// changesProperty says whether a property of the name is assigned anywhere, of whatever object.
func (s *names) changesProperty(name string) bool {
	if s.assigned == nil {
		s.assigned = map[string]bool{}
		for _, k := range []syntax.Kind{syntax.AssignmentExpression, syntax.AugmentedAssignmentExpression} {
			for n := range s.tree.Of(k) {
				if left := unwrap(n.Child(syntax.FieldLeft)); left.Kind() == syntax.MemberExpression {
					s.assigned[left.Child(syntax.FieldProperty).Text()] = true
				}
			}
		}
	}
	return s.assigned[name]
}
