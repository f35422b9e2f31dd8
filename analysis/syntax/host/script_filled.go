package host

import (
	"strings"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Filled is what a script fills into a text that it has run as Python.
type Filled struct {
	At   source.Span // of the host
	Text string      // the expression, as the host has it
	// Path is how the value is come by, as Python would write it: "js.location.search", "js.prompt()". It is empty where
	// that is not known, and where the script asks what the value is before it is used.
	Path string
	// Given says that it is a parameter of the function around it, of which the script asks nothing, and which some caller
	// may give any text.
	Given bool
}

// fill notes what is filled in; n is the expression, and at all that stands for it.
func (s *script) fill(at source.Span, n syntax.Node) { s.filled = append(s.filled, filling{at, n}) }

type filling struct {
	at source.Span
	n  syntax.Node
}

// fillings are those of the text that was laid out last.
func (s *script) fillings() (all []Filled) {
	for _, f := range s.filled {
		n := unwrap(f.n)
		x := Filled{At: f.at, Text: n.Text()}
		if !s.checked(n) {
			s.names.left = steps
			x.Path = s.pathOf(n)
			_, one, bound := s.names.binding(n)
			x.Given = x.Path == "" && bound && n.Kind() == syntax.Identifier && isParameter(one.at) && s.given(one.at)
		}
		all = append(all, x)
	}
	return all
}

// pathOf is how the value of an expression is come by; empty where that is not known.
func (s *script) pathOf(n syntax.Node) string {
	if s.names.left--; s.names.left < 0 {
		return ""
	}
	switch n = s.names.constant(n); n.Kind() {
	case syntax.Identifier:
		if _, _, bound := s.names.binding(n); bound || len(s.names.of(n.Text())) > 0 {
			return ""
		}
		return "js." + n.Text()
	case syntax.MemberExpression:
		if object := s.pathOf(n.Child(syntax.FieldObject)); object != "" {
			return object + "." + n.Child(syntax.FieldProperty).Text()
		}
	case syntax.CallExpression:
		if function := s.pathOf(n.Child(syntax.FieldFunction)); function != "" {
			return function + "()"
		}
	case syntax.AwaitExpression:
		return s.pathOf(child(n, 0))
	}
	return ""
}

// isParameter says whether a name is bound as a parameter by itself, of which no type says that it is anything but text.
func isParameter(n syntax.Node) bool {
	p := n.Parent()
	switch p.Kind() {
	case syntax.FormalParameters:
		return true
	case syntax.ArrowFunction:
		return n.Field() == syntax.FieldParameter
	case syntax.RequiredParameter, syntax.OptionalParameter:
		return strings.HasSuffix(strings.TrimSpace(p.Text()), "string")
	}
	return false
}

// checkers are the methods by which a script asks what a text is.
var checkers = map[string]bool{"test": true, "includes": true, "has": true, "match": true, "isSafeInteger": true, "isInteger": true, "isNaN": true}

// checked says whether a script asks anything of the value of a name: it compares it, or has it tested.
func (s *script) checked(name syntax.Node) bool {
	if name.Kind() != syntax.Identifier {
		return false
	}
	for n := range s.tree.Of(syntax.Identifier) {
		if n.Text() != name.Text() {
			continue
		}
		p := n.Parent()
		if operator := p.Child(syntax.FieldOperator).Text(); p.Kind() == syntax.BinaryExpression && operator != "+" ||
			p.Kind() == syntax.Arguments && checkers[lastName(p.Parent().Child(syntax.FieldFunction))] {
			return true
		}
	}
	return false
}
