package host

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Former is a place where a script uses of Pyodide what that has no more.
type Former struct {
	source.Span
	Name  string // as pyodide.FormerMember has it
	Edits []source.Edit
}

// formers finds those of a script: members of the object that loadPyodide gives, what is given to its methods, and options
// of loadPyodide. What the script asks for first, or has raise where it is caught, is left out.
func (s *script) formers() (all []Former) {
	if !strings.Contains(s.text, "yodide") {
		return nil
	}
	add := func(at syntax.Node, name string, edits ...source.Edit) {
		if !within(at, syntax.TryStatement) {
			all = append(all, Former{at.Span(), name, edits})
		}
	}
	for n := range s.tree.Of(syntax.MemberExpression) {
		if name := n.Child(syntax.FieldProperty).Text(); pyodide.IsFormerMember(name) && s.isPyodide(n.Child(syntax.FieldObject)) && !s.asksFor(name) {
			add(n, name, inPlace(n, name)...)
		}
	}
	for call := range s.tree.Of(syntax.CallExpression) {
		callee := call.Child(syntax.FieldFunction)
		switch name := lastName(callee); {
		case runners[name] != 0 && s.isPyodide(callee.Child(syntax.FieldObject)):
			if given := argument(call, 1); s.isNamespace(given) {
				add(given, pyodide.BareGlobals, source.Edit{Span: given.Span(), New: "{ globals: " + given.Text() + " }"})
			}
		case name == "loadPyodide":
			if option := optionOf(argument(call, 0), pyodide.HomeDir); option.OK() {
				add(option, pyodide.HomeDir, source.Edit{Span: option.Span(), New: "env: { HOME: " + option.Child(syntax.FieldValue).Text() + " }"})
			}
		}
	}
	return all
}

// within says whether a node stands below one of a kind.
func within(n syntax.Node, kind syntax.Kind) bool {
	for p := range n.Above() {
		if p.Kind() == kind {
			return true
		}
	}
	return false
}

// isPyodide says whether an expression is what loadPyodide gives: by where it comes from, else by its name.
func (s *script) isPyodide(n syntax.Node) bool {
	s.names.left = steps
	made := s.names.constant(n)
	if made.Kind() == syntax.AwaitExpression {
		made = unwrap(child(made, 0))
		return made.Kind() == syntax.CallExpression && lastName(made.Child(syntax.FieldFunction)) == "loadPyodide"
	}
	if _, one, bound := s.names.binding(made); bound && one.at.Parent().Kind() == syntax.NamespaceImport {
		return false
	}
	return lastName(made) == "pyodide"
}

// asksFor says whether a script does anything with a member of that name but to use it.
func (s *script) asksFor(name string) bool {
	for n := range s.tree.Of(syntax.MemberExpression) {
		if n.Child(syntax.FieldProperty).Text() == name && !called(n) && !tests(n) {
			return true
		}
	}
	return slices.ContainsFunc([]string{`"` + name, "'" + name, "?." + name, name + "?."}, func(asked string) bool { return strings.Contains(s.text, asked) })
}

func called(n syntax.Node) bool {
	return n.Parent().Kind() == syntax.CallExpression && n.Field() == syntax.FieldFunction
}

// tests says whether a class is what something is held to by instanceof.
func tests(n syntax.Node) bool {
	return n.Field() == syntax.FieldRight && n.Parent().Child(syntax.FieldOperator).Text() == "instanceof"
}

// inPlace asks for what there is in the place of a member, none where the use is another one than it was meant for.
func inPlace(n syntax.Node, name string) []source.Edit {
	property, object := n.Child(syntax.FieldProperty), n.Child(syntax.FieldObject).Text()
	if tests(n) {
		return []source.Edit{{Span: property.Span(), New: "ffi." + name}}
	}
	call := n.Parent()
	if value := argument(call, 0); called(n) && name == pyodide.IsPyProxy && value.OK() {
		return []source.Edit{{Span: call.Span(), New: "(" + value.Text() + " instanceof " + object + ".ffi.PyProxy)"}}
	}
	return nil
}

// isNamespace says whether an expression is certainly a dict of Python that holds names, and no object with options.
func (s *script) isNamespace(n syntax.Node) bool {
	s.names.left = steps
	switch made := s.names.constant(n); made.Kind() {
	case syntax.MemberExpression:
		return lastName(made) == "globals" && s.isPyodide(made.Child(syntax.FieldObject))
	case syntax.CallExpression:
		callee := made.Child(syntax.FieldFunction)
		return lastName(callee) == "toPy" && s.isPyodide(callee.Child(syntax.FieldObject))
	}
	return false
}

// optionOf is an option that an object is written with, where that has no env of its own.
func optionOf(object syntax.Node, name string) (option syntax.Node) {
	for pair := range object.Children() {
		key := pair.Child(syntax.FieldKey).Text()
		switch {
		case pair.Kind() != syntax.Pair || key == "env":
			return syntax.Node{}
		case key == name:
			option = pair
		}
	}
	return option
}
