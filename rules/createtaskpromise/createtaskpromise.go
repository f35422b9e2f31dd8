// Package createtaskpromise finds promises of JavaScript that are to become tasks.
package createtaskpromise

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed create-task-promise.md
var doc string

// Rule is create-task-promise.
var Rule = &analysis.Rule{
	Name: "create-task-promise", Group: analysis.Async, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.Fails("a coroutine was expected, got", "A coroutine object is required"), Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		if !pyodide.MayTakeCoroutine(c.Name) && !pyodide.MayTakeCoroutine(c.Method) {
			continue
		}
		taker, ok := pyodide.CoroutineTakers[p.Unit.Flow.Called(c)]
		argument := analysis.Positional(c.Node, 0)
		if !ok || !promise(p, argument) || p.Unit.Flow.Expects(c.Node, "TypeError") {
			continue
		}
		p.Report(argument, 0, analysis.Finding{
			Message: fmt.Sprintf("%s takes a coroutine, and this is a promise, for which it raises a TypeError", taker.Name),
			Fixes:   fixes(p, c, argument, taker),
			Cause:   analysis.Cause{Span: argument.Span(), Kind: "promise"},
		})
	}
}

// promise says whether an expression is certainly a promise of JavaScript's.
func promise(p *analysis.Pass, n syntax.Node) bool {
	c, ok := p.Unit.Flow.CallAt(p.Unit.Flow.Definition(n))
	if !ok {
		return false
	}
	pending := p.Pending(c)
	return pending != nil && !pending.Coroutine || pyodide.InterfaceAt(c.Makes()) == "Promise"
}

// fixes let ensure_future have the promise, which takes it as it is. A group has only tasks, and they only coroutines:
// that of wait_for waits for the promise.
func fixes(p *analysis.Pass, c flow.Call, argument syntax.Node, taker pyodide.CoroutineTaker) []analysis.Fix {
	asyncio, edits := p.UseModule(c.Node, "asyncio")
	switch {
	case taker.Group:
		start, end := argument.Span().Start, argument.Span().End
		return []analysis.Fix{{
			Title: "Wait for it in the coroutine of wait_for", Edits: append(edits,
				source.Edit{Span: source.Span{Start: start, End: start}, New: asyncio + ".wait_for("},
				source.Edit{Span: source.Span{Start: end, End: end}, New: ", None)"}),
		}}
	case taker.Threaded, argument.Next().OK():
		return nil // it has a name, or a context, of which the other knows nothing
	}
	return []analysis.Fix{{
		Title: "Use ensure_future", Edits: append(edits, source.Edit{Span: c.Function.Span(), New: asyncio + ".ensure_future"}),
	}}
}
