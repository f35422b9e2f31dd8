package analysis

import (
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// When is the fix that has PyScript's decorator add the listener of a function of the module, to an element that is found
// by its id. It makes the proxy by itself, and does for MicroPython, too.
func (o *Owners) When(x Left) (Fix, bool) {
	definition, ok := o.decoratable(x)
	id, found := o.byID(x.Target())
	event := Positional(x.Call, 0)
	if _, constant := syntax.Constant(event); !ok || !found || !constant || Positional(x.Call, 1).Next().OK() || x.Keeper.Name != "addEventListener" {
		return Fix{}, false
	}
	statement, indent, _ := o.Statement(x.Call)
	text := o.Unit.Source
	line := text.LineSpan(text.LineOf(statement.Span().Start))
	if indent != "" || strings.TrimSpace(text.Text()[line.Start:line.End]) != statement.Text() {
		return Fix{}, false
	}
	name, edits := o.Use(definition, "pyscript", "when")
	decorator := fmt.Sprintf("@%s(%s, \"#%s\")%s", name, event.Text(), id, o.Unit.LineEnd())
	edits = append(edits, Insertion(definition.Span().Start, decorator), source.Edit{Span: source.Span{Start: line.Start, End: o.NextLine(line.End)}})
	return Fix{Title: "Let PyScript's @when add it", Applicability: Unsafe, Edits: edits}, true
}

// decoratable is the function of the module that a proxy at its top level calls, if it is for nothing else and the file
// is PyScript's.
func (o *Owners) decoratable(x Left) (definition syntax.Node, ok bool) {
	pyscript := slices.ContainsFunc(o.Unit.Scopes.Imports(), func(i scope.Import) bool {
		return i.Module == "pyscript" || strings.HasPrefix(i.Module, "pyscript.")
	})
	name := o.Unit.Scopes.Lookup(x.Callable)
	if !pyscript || !x.alone() || x.Value.Parent().Parent() != x.Call || x.Callable.Kind() != syntax.Identifier || name == nil ||
		len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByFunction || len(o.Unit.Scopes.References(name)) != 1 {
		return syntax.Node{}, false
	}
	definition = name.Bindings[0].Node
	top := definition.Parent().Kind() == syntax.Module && x.Call.Parent().Parent().Kind() == syntax.Module
	return definition, top && definition.ID() < x.Call.ID()
}

// byID is the id by which the text finds an element.
func (o *Owners) byID(n syntax.Node) (id string, ok bool) {
	call := o.Unit.Flow.Definition(n)
	c, _ := o.Unit.Flow.CallAt(call)
	if c.Path != "js.document.getElementById" {
		return "", false
	}
	id, ok = syntax.Constant(Positional(call, 0))
	return id, ok && IsIdentifier(strings.ReplaceAll(id, "-", "_"))
}

// NextLine is where the line behind the one that ends at an offset begins.
func (p *Pass) NextLine(end int) int {
	rest := p.Unit.Source.Text()[end:]
	return end + len(rest) - len(strings.TrimPrefix(strings.TrimPrefix(rest, "\r"), "\n"))
}
