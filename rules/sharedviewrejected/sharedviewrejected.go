// Package sharedviewrejected finds arrays on shared memory that are handed to what takes none.
package sharedviewrejected

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed shared-view-rejected.md
var doc string

// Rule is shared-view-rejected.
var Rule = &analysis.Rule{
	Name: "shared-view-rejected", Group: analysis.SharedMemory, Severity: analysis.Warning,
	Doc: doc, Evidence: analysis.Fails("must not be shared"), Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		if c.Method == pyodide.ToString && isShared(p, c.Object()) {
			report(p, c, c.Object(), "to_string", "ValueError", copyOf(c.Object(), analysis.Safe))
			continue
		}
		r, ok := operation(p, c)
		if !ok {
			continue
		}
		for _, view := range views(p, c, r) {
			report(p, c, view, r.Name, "TypeError", fixes(c, r, view))
		}
	}
}

// operation is the one that a call carries out, if it takes no array on shared memory.
func operation(p *analysis.Pass, c flow.Call) (r pyodide.Rejecting, ok bool) {
	path := c.Path
	if path == "" && pyodide.RejectingMethod(c.Method) { // of self, say
		of, _ := p.Unit.Flow.JavaScript(p.Unit.Flow.Definition(c.Object()))
		path = of + "." + c.Method
	}
	return pyodide.RejectingOf(path)
}

// views are the arrays on shared memory that a call is given where it takes none.
func views(p *analysis.Pass, c flow.Call, r pyodide.Rejecting) (all []syntax.Node) {
	argument := analysis.Positional(c.Node, r.Argument)
	given := []syntax.Node{argument}
	if r.List {
		given = p.Unit.Flow.Elements(argument)
	}
	for _, view := range given {
		if isShared(p, view) {
			all = append(all, view)
		}
	}
	return all
}

func isShared(p *analysis.Pass, array syntax.Node) bool {
	_, _, ok := p.Unit.Flow.ArrayMade(array)
	return ok && p.Unit.Flow.SharedMemory(array).OK()
}

func report(p *analysis.Pass, c flow.Call, view syntax.Node, operation, raised string, fixes []analysis.Fix) {
	if p.Realms(c.Node) == pyodide.Node || p.Unit.Flow.Attempted(c.Node) { // Node.js takes what browsers do not
		return
	}
	at := view
	if !c.Node.Holds(view) {
		at, fixes = c.Node, nil // who else uses the list
	}
	p.Report(at, 0, analysis.Finding{
		Message: fmt.Sprintf("%s is on shared memory, which %s does not take in a browser: it raises a %s", view.Text(), operation, raised),
		Fixes:   fixes, Cause: analysis.Cause{Span: view.Span(), Kind: "shared view"},
	})
}

// fixes hand over a copy, and have what is written into it written back.
func fixes(c flow.Call, r pyodide.Rejecting, view syntax.Node) []analysis.Fix {
	switch r.Kind {
	case pyodide.Reads:
		return copyOf(view, analysis.Safe)
	case pyodide.Keeps:
		return copyOf(view, analysis.Unsafe) // it would see what is written later
	case pyodide.Fills:
		if c.Node.Parent().Kind() != syntax.ExpressionStatement || view.Kind() == syntax.Call {
			return nil
		}
		for _, fix := range copyOf(view, analysis.Safe) {
			start, end := c.Node.Span().Start, c.Node.Span().End
			return []analysis.Fix{{Title: "Fill a copy, and write that back", Edits: append(fix.Edits,
				source.Edit{Span: source.Span{Start: start, End: start}, New: view.Text() + ".set("},
				source.Edit{Span: source.Span{Start: end, End: end}, New: ")"})}}
		}
	}
	return nil
}

// copyOf puts a copy of an array in its place, if its expression can be written on.
func copyOf(view syntax.Node, applicability analysis.Applicability) []analysis.Fix {
	switch view.Kind() {
	case syntax.Identifier, syntax.Attribute, syntax.Call, syntax.ParenthesizedExpression:
	default:
		return nil
	}
	end := view.Span().End
	return []analysis.Fix{{
		Title: "Copy it first", Applicability: applicability,
		Edits: []source.Edit{{Span: source.Span{Start: end, End: end}, New: ".slice()"}},
	}}
}
