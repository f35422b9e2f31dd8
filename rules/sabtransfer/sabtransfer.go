// Package sabtransfer finds shared memory that is to be transferred, which cannot be.
package sabtransfer

import (
	_ "embed"
	"fmt"
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed sab-transfer.md
var doc string

// Rule is sab-transfer.
var Rule = &analysis.Rule{
	Name: "sab-transfer", Group: analysis.SharedMemory, Severity: analysis.Error,
	Doc: doc, Evidence: analysis.Fails("does not have a transferable type"), Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		if c.Method != pyodide.PostMessage && c.Name != "js."+pyodide.PostMessage && c.Path != pyodide.Clone ||
			p.Unit.Flow.Python(c.Object()) || p.Unit.Flow.Attempted(c.Node) {
			continue
		}
		argument, list := transferred(p, c)
		var shared []syntax.Node
		for _, element := range p.Unit.Flow.Elements(list) {
			switch path, _ := p.Unit.Flow.JavaScript(p.Unit.Flow.Definition(element)); {
			case p.Unit.Flow.SharedMemory(element).OK():
				shared = append(shared, element)
			case pyodide.Undetachable(path):
				report(p, c, element, "%s is the buffer of a WebAssembly memory, which cannot be taken from it, so this raises a TypeError", nil)
			}
		}
		if len(shared) > 0 {
			report(p, c, shared[0], "%s is shared memory, which is posted and never transferred, so this raises a DataCloneError",
				fixes(p, c, argument, list, shared))
		}
	}
}

// report speaks of an element of a transfer list: where it stands if that is in the call.
func report(p *analysis.Pass, c flow.Call, element syntax.Node, message string, fixes []analysis.Fix) {
	at := element
	if !c.Node.Holds(element) {
		at = c.Node
	}
	p.Report(at, 0, analysis.Finding{
		Message: fmt.Sprintf(message, element.Text()), Fixes: fixes, Cause: analysis.Cause{Span: element.Span(), Kind: "transfer"},
	})
}

// transferred is the argument that says what is transferred, and the list in it.
func transferred(p *analysis.Pass, c flow.Call) (argument, list syntax.Node) {
	position := 0
	for a := range c.Node.Child(syntax.FieldArguments).Children() {
		switch {
		case a.Kind() == syntax.KeywordArgument && a.Child(syntax.FieldName).Text() == "transfer":
			return a, a.Child(syntax.FieldValue)
		case a.Kind() == syntax.ListSplat || a.Kind() == syntax.DictionarySplat:
			return syntax.Node{}, syntax.Node{}
		case position == 0:
		case p.Unit.Flow.Option(a, "transfer").OK():
			return a, p.Unit.Flow.Option(a, "transfer")
		case position == 2 && c.Path != pyodide.Clone, position == 1 && !options(p, c):
			return a, a
		}
		position++
	}
	return syntax.Node{}, syntax.Node{}
}

// options says whether the second argument of a call is an object of options, or may be one: windows take no list there.
func options(p *analysis.Pass, c flow.Call) bool {
	window := c.Name == "js."+pyodide.PostMessage && p.Realms(c.Node) != pyodide.Worker
	return c.Path == pyodide.Clone || window || pyodide.Windows[c.Object().Child(syntax.FieldAttribute).Text()]
}

// fixes leave shared memory out of a list, and the list out of the call where nothing else is in it. There is none
// where the message does not hold the memory, which then reaches nobody.
func fixes(p *analysis.Pass, c flow.Call, argument, list syntax.Node, shared []syntax.Node) []analysis.Fix {
	posted := p.Unit.Flow.Carried(analysis.Positional(c.Node, 0))
	for _, element := range shared {
		if !slices.Contains(posted, p.Unit.Flow.SharedMemory(element)) {
			return nil
		}
	}
	fix := analysis.Fix{Title: "Post it without transferring it"}
	whole := argument == list || argument.Child(syntax.FieldValue) == list
	switch {
	case whole && len(shared) == len(p.Unit.Flow.Elements(list)) && !argument.Next().OK():
		fix.Edits = []source.Edit{without(argument)}
	case len(shared) == 1 && c.Node.Holds(shared[0]):
		fix.Edits = []source.Edit{without(shared[0])}
	default:
		return nil
	}
	return []analysis.Fix{fix}
}

// without takes a node out of a list or of arguments, with a comma that belongs to it.
func without(n syntax.Node) source.Edit {
	before, around := syntax.Node{}, n.Parent()
	for c := range around.Children() {
		if c.ID() < n.ID() {
			before = c
		}
	}
	switch span := n.Span(); {
	case n.Next().OK():
		return source.Edit{Span: source.Span{Start: span.Start, End: n.Next().Span().Start}}
	case before.OK():
		return source.Edit{Span: source.Span{Start: before.Span().End, End: span.End}}
	}
	text := around.Text()
	return source.Edit{Span: around.Span(), New: text[:1] + text[len(text)-1:]}
}
