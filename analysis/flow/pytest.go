package flow

import (
	"cmp"
	"slices"
	"strings"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Test is a function that pytest runs as a test, as far as its name says.
type Test struct {
	Node   syntax.Node
	Marked bool // pytest-asyncio is told to run it
}

// Name is what it is called.
func (t Test) Name() string { return t.Node.Child(syntax.FieldName).Text() }

// Tests are those of the text, in its order, in which pytest runs them.
// Source: https://docs.pytest.org/en/stable/explanation/goodpractices.html#test-discovery
func (f *File) Tests() []Test {
	var all []Test
	for n := range f.scopes.Tree().Of(syntax.FunctionDefinition) {
		class := scope.Class(n)
		if !strings.HasPrefix(n.Child(syntax.FieldName).Text(), "test") || f.scopes.Function(n).OK() ||
			class.OK() && !strings.HasPrefix(class.Child(syntax.FieldName).Text(), "Test") {
			continue
		}
		all = append(all, Test{n, f.marked(n) || class.OK() && f.marked(class) || f.allMarked()})
	}
	slices.SortFunc(all, func(a, b Test) int { return cmp.Compare(a.Node.ID(), b.Node.ID()) })
	return all
}

// marked says whether a definition is decorated as one of pytest-asyncio's.
// Source: https://pytest-asyncio.readthedocs.io/en/stable/reference/markers/
func (f *File) marked(definition syntax.Node) bool {
	around := definition.Parent()
	if around.Kind() != syntax.DecoratedDefinition {
		return false
	}
	for d := range around.Children() {
		if d.Kind() == syntax.Decorator && f.isMark(d.First()) {
			return true
		}
	}
	return false
}

// allMarked says whether the mark of the text as a whole is that of pytest-asyncio.
func (f *File) allMarked() bool {
	name := f.scopes.Module().Name("pytestmark")
	if name == nil {
		return false
	}
	return slices.ContainsFunc(name.Bindings, func(b scope.Binding) bool {
		if b.Value.Kind() != syntax.List {
			return f.isMark(b.Value)
		}
		return slices.ContainsFunc(slices.Collect(b.Value.Children()), f.isMark)
	})
}

func (f *File) isMark(n syntax.Node) bool {
	if n.Kind() == syntax.Call {
		n = n.Child(syntax.FieldFunction)
	}
	return f.scopes.Canonical(n) == "pytest.mark.asyncio"
}

// Fixtures are the names of the fixtures that the text makes.
// Source: https://docs.pytest.org/en/stable/reference/fixtures.html
func (f *File) Fixtures() []string {
	var all []string
	for d := range f.scopes.Tree().Of(syntax.Decorator) {
		made, name := d.First(), d.Parent().Child(syntax.FieldDefinition).Child(syntax.FieldName).Text()
		if made.Kind() == syntax.Call {
			for a := range made.Child(syntax.FieldArguments).Children() {
				if given, ok := syntax.Constant(a.Child(syntax.FieldValue)); ok && a.Child(syntax.FieldName).Text() == "name" {
					name = given
				}
			}
			made = made.Child(syntax.FieldFunction)
		}
		if c := f.scopes.Canonical(made); c == "pytest.fixture" || c == "pytest_asyncio.fixture" {
			all = append(all, name)
		}
	}
	return all
}
