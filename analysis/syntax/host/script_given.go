package host

import (
	"slices"

	"pyodide-ls/analysis/syntax"
)

// given says whether a parameter may be any text: a call that the script has gives it what is not written out, or who
// calls the function is not known. Of a function that nobody calls there is nothing to say.
func (s *script) given(parameter syntax.Node, asked ...syntax.Node) bool {
	function, position := s.parameterOf(parameter)
	if !function.OK() || slices.Contains(asked, parameter) {
		return true
	}
	mentions, all := s.mentions(function)
	for _, n := range mentions {
		call := n.Parent()
		if call.Kind() != syntax.CallExpression || n.Field() != syntax.FieldFunction || spreads(call, position) {
			return true
		}
		if value := argument(call, position); value.OK() && !s.written(value, append(asked, parameter)) {
			return true
		}
	}
	return !all
}

// parameterOf is the function that a parameter is of, and its position; no function where it has none.
func (s *script) parameterOf(n syntax.Node) (function syntax.Node, position int) {
	p := n.Parent()
	switch p.Kind() {
	case syntax.ArrowFunction:
		return p, 0
	case syntax.RequiredParameter, syntax.OptionalParameter:
		n, p = p, p.Parent()
	}
	if p.Kind() != syntax.FormalParameters {
		return syntax.Node{}, 0
	}
	return p.Parent(), slices.Index(slices.Collect(p.Children()), n)
}

// spreads says whether a call spreads a list over an argument.
func spreads(call syntax.Node, position int) bool {
	for a := range call.Child(syntax.FieldArguments).Children() {
		if a.Kind() == syntax.SpreadElement {
			return true
		}
		if position--; position < 0 {
			return false
		}
	}
	return false
}

// written says whether an expression is a text that is written out, whichever of several.
func (s *script) written(n syntax.Node, asked []syntax.Node) bool {
	s.names.left = steps
	for _, value := range branches(s.names.constant(n)) {
		_, text := constant(value)
		_, one, bound := s.names.binding(value)
		switch {
		case text:
		case bound && value.Kind() == syntax.Identifier && isParameter(one.at):
			if s.given(one.at, asked...) {
				return false
			}
		case bound && value.Kind() == syntax.Identifier && s.listed(one, asked):
		default:
			return false
		}
	}
	return true
}

// listed says whether a name is bound to one after the other of texts that are written out.
func (s *script) listed(one use, asked []syntax.Node) bool {
	if one.scope.Kind() != syntax.ForInStatement {
		return false
	}
	s.names.left = steps
	list := s.names.constant(one.scope.Child(syntax.FieldRight))
	if list.Kind() != syntax.Array {
		return false
	}
	for item := range list.Children() {
		if !s.written(item, asked) {
			return false
		}
	}
	return true
}

// mentions are the expressions that may stand for a function; all says that there are no others, in other files.
func (s *script) mentions(function syntax.Node) (found []syntax.Node, all bool) {
	p := function.Parent()
	switch function.Kind() {
	case syntax.FunctionDeclaration, syntax.GeneratorFunctionDeclaration:
		return s.usesOf(function.Child(syntax.FieldName)), p.Kind() != syntax.ExportStatement
	case syntax.MethodDefinition:
		class := p.Parent()
		name := function.Child(syntax.FieldName)
		if p.Kind() != syntax.ClassBody || name.Text() == "constructor" {
			return nil, false // whoever has the object calls it
		}
		for n := range s.tree.Of(syntax.MemberExpression) {
			if n.Child(syntax.FieldProperty).Text() == name.Text() {
				found = append(found, n)
			}
		}
		return found, class.Parent().Kind() != syntax.ExportStatement && s.onlyMade(class.Child(syntax.FieldName))
	}
	if p.Kind() != syntax.VariableDeclarator || p.Child(syntax.FieldName).Kind() != syntax.Identifier {
		return nil, false
	}
	return s.usesOf(p.Child(syntax.FieldName)), p.Parent().Parent().Kind() != syntax.ExportStatement
}

// onlyMade says whether nothing is done with a class but to make objects of it, and to give these a name.
func (s *script) onlyMade(name syntax.Node) bool {
	return name.OK() && !slices.ContainsFunc(s.usesOf(name), func(n syntax.Node) bool {
		return n.Field() != syntax.FieldConstructor || n.Parent().Parent().Kind() != syntax.VariableDeclarator
	})
}

// usesOf are the expressions that stand for what a name is bound to.
func (s *script) usesOf(name syntax.Node) (all []syntax.Node) {
	for _, k := range []syntax.Kind{syntax.Identifier, syntax.ShorthandPropertyIdentifier} {
		for n := range s.tree.Of(k) {
			if n.Text() != name.Text() || n == name {
				continue
			}
			if _, one, _ := s.names.binding(n); one.at == name {
				all = append(all, n)
			}
		}
	}
	return all
}
