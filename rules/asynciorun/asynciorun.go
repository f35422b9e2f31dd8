// Package asynciorun finds calls that run an event loop, where the browser's runs already.
package asynciorun

import (
	_ "embed"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

//go:embed asyncio-run.md
var doc string

// Rule is asyncio-run.
var Rule = &analysis.Rule{
	Name: "asyncio-run", Group: analysis.Async, Severity: analysis.Warning, Doc: doc, Check: check,
	Evidence: analysis.Fails(
		"asyncio.run() cannot be called from a running event loop", "Runner.run() cannot be called from a running event loop",
		"Cannot stack switch because", "WebAssembly stack switching not supported",
	),
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		waiter, ok := waits(p, c)
		if !ok || excused(p, c.Node) {
			continue
		}
		if waiter.Name == "run_forever" {
			forever(p, c.Node)
			continue
		}
		stuck, ok := p.Stuck(c.Node, waiter)
		if waiter.Lenient && last(p, c.Node) {
			// Nothing asks for the result, and nothing comes behind it: that it does not wait does no harm.
			stuck.Versions = stuck.Versions.Without(pyodide.Before(waiter.Since))
			ok = ok && stuck.Versions != 0
		}
		if !ok {
			continue
		}
		p.Report(c.Node, stuck.Lower, analysis.Finding{
			Message: stuck.Message(waiter.Name), Versions: stuck.Versions,
			Fixes: p.AwaitInstead(c.Node, analysis.Positional(c.Node, 0)),
			Cause: analysis.Cause{Span: c.Node.Span(), Kind: "waiting call"},
		})
	}
}

// waits is how a call runs an event loop, if it does.
func waits(p *analysis.Pass, c flow.Call) (w pyodide.Waiter, ok bool) {
	if w, ok = pyodide.Waiters[c.Name]; ok {
		return w, true
	}
	w, ok = pyodide.LoopWaiters[c.Method]
	if !ok && c.Method != pyodide.RunnerRun {
		return w, false
	}
	made, _ := p.Unit.Flow.CallAt(p.Unit.Flow.Opened(c.Object()))
	if c.Method == pyodide.RunnerRun {
		return pyodide.Waiter{Name: "Runner.run", Never: true}, made.Name == pyodide.Runner
	}
	return w, pyodide.Loops[made.Name]
}

// excused says whether a call is for other places, or its failure is reckoned with.
func excused(p *analysis.Pass, call syntax.Node) bool {
	return !p.OnlyInPyodide(call) || p.Realms(call) == pyodide.Node ||
		p.Unit.Flow.Asked(call, pyodide.AsksToWait) || p.Unit.Flow.Catches(call, "RuntimeError")
}

// forever reports run_forever, which does no harm where nothing comes behind it.
func forever(p *analysis.Pass, call syntax.Node) {
	if last(p, call) {
		return
	}
	p.Report(call, 0, analysis.Finding{
		Message: "run_forever returns at once, for the event loop of Pyodide is the browser's: what stands behind it runs too early",
		Cause:   analysis.Cause{Span: call.Span(), Kind: "waiting call"},
	})
}

// last says whether a call is the last that its function or its text does, and nothing asks for its result.
func last(p *analysis.Pass, call syntax.Node) bool {
	statement := call.Parent()
	if statement.Kind() == syntax.Assignment && statement.Child(syntax.FieldLeft).Text() == "_" {
		statement = statement.Parent()
	}
	if statement.Kind() != syntax.ExpressionStatement || p.Unit.Flow.Repeats(call) {
		return false
	}
	for n := statement; n.OK() && n.Kind() != syntax.FunctionDefinition; n = n.Parent() {
		switch n.Kind() {
		case syntax.ElifClause, syntax.ElseClause, syntax.ExceptClause:
			continue // the branches behind it are others
		}
		for next := n.Next(); next.OK(); next = next.Next() {
			if next.Kind() != syntax.Comment && next.Field() != syntax.FieldAlternative && next.Kind() != syntax.ExceptClause {
				return false
			}
		}
	}
	return true
}
