// Package coroutinehandler finds callbacks that give JavaScript a coroutine, which it does not await.
package coroutinehandler

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

//go:embed coroutine-handler.md
var doc string

// Rule is coroutine-handler.
var Rule = &analysis.Rule{
	Name: "coroutine-handler", Group: analysis.Async, Severity: analysis.Warning, Doc: doc,
	Evidence: analysis.NeverRan, Check: check,
}

func check(p *analysis.Pass) {
	if p.PerhapsMicroPython() {
		return
	}
	seen := map[syntax.Node]bool{} // a function may be handed over in several places
	for _, c := range p.Handovers() {
		if p.Unit.Flow.Yields(c.Function) || p.Unit.Flow.Place(c.Value) == flow.OnHost {
			continue
		}
		if flow.Async(c.Function) {
			if c.Drops {
				dropped(p, c)
			}
			continue // else it is a task when it is called
		}
		if slices.ContainsFunc(p.View.Older, pyodide.RunsCoroutines) {
			continue
		}
		for _, value := range p.Unit.Flow.Returned(c.Function) {
			if call := p.Unit.Flow.Coroutine(value); call.OK() && !seen[call] {
				seen[call] = true
				report(p, c, call)
			}
		}
	}
}

func report(p *analysis.Pass, c analysis.Handover, call syntax.Node) {
	name := call.Child(syntax.FieldFunction).Text()
	finding := analysis.Finding{
		Message: fmt.Sprintf("%s ignores the coroutine that this callback returns, so %s never runs", c.By, name),
		Fixes:   fixes(p, c, call),
		Cause:   analysis.Cause{Span: call.Span(), Kind: "coroutine"},
	}
	if !c.Value.Holds(call) {
		finding.Related = []analysis.Related{{Span: c.Value.Span(), Message: "here JavaScript gets the callback"}}
	}
	p.Report(call, c.Lower, finding)
}

// dropped reports an async function that is called from Python, by something that drops the coroutine.
func dropped(p *analysis.Pass, c analysis.Handover) {
	asyncio, edits := p.UseModule(c.Value, "asyncio")
	start, end := c.Value.Span().Start, c.Value.Span().End
	p.Report(c.Value, c.Lower, analysis.Finding{
		Message: fmt.Sprintf("%s calls this async function and drops the coroutine, so it never runs", c.By),
		Fixes: []analysis.Fix{{
			Title: "Make it a task",
			Edits: append(edits,
				source.Edit{Span: source.Span{Start: start, End: start}, New: "lambda: " + asyncio + ".ensure_future("},
				source.Edit{Span: source.Span{Start: end, End: end}, New: "())"}),
		}},
		Cause: analysis.Cause{Span: c.Value.Span(), Kind: "coroutine"},
	})
}

// fixes hand over the async function itself where the callback does nothing but call it; else they make a task.
func fixes(p *analysis.Pass, c analysis.Handover, call syntax.Node) []analysis.Fix {
	function := call.Child(syntax.FieldFunction)
	if !c.Drops && c.Function.Kind() == syntax.Lambda && forwards(c.Function, call) && p.Unit.Flow.Defined(function, c.Function) {
		return []analysis.Fix{{
			Title: fmt.Sprintf("Hand over %s itself, which Pyodide runs as a task", function.Text()),
			Edits: []source.Edit{{Span: c.Function.Span(), New: function.Text()}},
		}}
	}
	asyncio, edits := p.UseModule(call, "asyncio")
	start, end := call.Span().Start, call.Span().End
	return []analysis.Fix{{
		Title: "Make it a task",
		Edits: append(edits,
			source.Edit{Span: source.Span{Start: start, End: start}, New: asyncio + ".ensure_future("},
			source.Edit{Span: source.Span{Start: end, End: end}, New: ")"}),
	}}
}

// forwards says whether a lambda hands its arguments on as they are: "lambda e: f(e)", "lambda *a: f(*a)".
func forwards(lambda, call syntax.Node) bool {
	if lambda.Child(syntax.FieldBody) != call {
		return false
	}
	var given, taken []string
	for n := range lambda.Child(syntax.FieldParameters).Children() {
		given = append(given, n.Text())
	}
	for n := range call.Child(syntax.FieldArguments).Children() {
		taken = append(taken, n.Text())
	}
	return slices.Equal(given, taken)
}
