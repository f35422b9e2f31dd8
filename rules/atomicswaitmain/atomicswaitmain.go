// Package atomicswaitmain finds waits for another thread where a browser lets nobody wait.
package atomicswaitmain

import (
	_ "embed"
	"fmt"
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

//go:embed atomics-wait-main.md
var doc string

// Rule is atomics-wait-main.
var Rule = &analysis.Rule{
	Name: "atomics-wait-main", Group: analysis.MainThread, Severity: analysis.Error, Realms: pyodide.Main,
	Doc: doc, Evidence: analysis.Fails("Atomics.wait cannot be called in this context"), Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		if c.Path != pyodide.Wait || p.Unit.Flow.AsksForRealm(c.Node) || p.Unit.Flow.Attempted(c.Node) || ofLibrary(p, c.Node) {
			continue
		}
		p.Report(c.Node, 0, analysis.Finding{
			Message: "Atomics.wait raises a TypeError here, for the main thread of a page may not be held up",
			Fixes:   fixes(p, c), Cause: analysis.Cause{Span: c.Node.Span(), Kind: "wait"},
		})
	}
}

// ofLibrary says whether code at a node is in a module that others import, and nobody knows where they run: whoever
// waits so has workers in mind.
func ofLibrary(p *analysis.Pass, at syntax.Node) bool {
	runs := p.Runs(at)
	return len(runs) > 0 && !slices.ContainsFunc(runs, func(r realm.Placement) bool {
		return r.Entry != host.Imported || r.Basis > realm.Assumed
	})
}

// fixes awaits Atomics.waitAsync, which takes the same arguments. Its value is what Atomics.wait gives, or a promise of
// that; Promise.resolve makes a promise of both.
func fixes(p *analysis.Pass, c flow.Call) []analysis.Fix {
	awaiting, ok := p.Await(c.Node)
	if !ok || c.Method == "" || within(c.Node) {
		return nil
	}
	promise, edits := p.Use(c.Node, "js", "Promise")
	start, end := c.Node.Span().Start, c.Node.Span().End
	edits = append(append(edits, awaiting.Edits...),
		source.Edit{Span: source.Span{Start: start, End: start}, New: fmt.Sprintf("await %s.resolve(", promise)},
		source.Edit{Span: c.Function.Child(syntax.FieldAttribute).Span(), New: pyodide.WaitAsync},
		source.Edit{Span: source.Span{Start: end, End: end}, New: ".value)"})
	title := "Await Atomics.waitAsync instead"
	if awaiting.MakesAsync {
		title = "Make the function async and await Atomics.waitAsync"
	}
	return []analysis.Fix{{Title: title, Applicability: awaiting.Applicability, Edits: edits}}
}

// within says whether a call is an operand that binds tighter than an await in its place would.
func within(call syntax.Node) bool {
	switch call.Parent().Kind() {
	case syntax.Attribute, syntax.Subscript, syntax.Call, syntax.BinaryOperator, syntax.Await:
		return true
	}
	return false
}
