// Package runsynccontext finds run_sync where the stack cannot be switched.
package runsynccontext

import (
	_ "embed"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

//go:embed run-sync-context.md
var doc string

// Rule is run-sync-context.
var Rule = &analysis.Rule{
	Name: "run-sync-context", Group: analysis.Async, Severity: analysis.Warning, Doc: doc, Check: check,
	Evidence: analysis.CannotSwitch,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		call := c.Node
		if c.Name != pyodide.RunSync {
			continue
		}
		stuck, ok := p.Stuck(call, pyodide.Waiter{})
		if !ok || !stuck.Entered && p.View.JSPI == nil { // whoever writes run_sync counts on JSPI
			continue
		}
		if p.Unit.Flow.Asked(call, pyodide.AsksToWait) || p.Unit.Flow.Catches(call, "RuntimeError") {
			continue
		}
		p.Report(call, stuck.Lower, analysis.Finding{
			Message: stuck.Message("run_sync"), Versions: stuck.Versions,
			Fixes: p.AwaitInstead(call, analysis.Positional(call, 0)),
			Cause: analysis.Cause{Span: call.Span(), Kind: "waiting call"},
		})
	}
}
