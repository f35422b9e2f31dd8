// Package blockmain finds calls that freeze the page.
package blockmain

import (
	_ "embed"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

//go:embed block-main.md
var doc string

// Rule is block-main.
var Rule = &analysis.Rule{
	Name: "block-main", Group: analysis.MainThread, Severity: analysis.Warning, Realms: pyodide.Main,
	Doc: doc, Evidence: analysis.HeldUp(blocks), Check: check,
}

func blocks(call string) bool {
	_, ok := pyodide.Blockers[call]
	return ok
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		call, name := c.Node, c.Name
		blocker, ok := pyodide.Blockers[name]
		if !ok || !p.OnlyInPyodide(call) || p.Brief(call, blocker) {
			continue
		}
		freeze, ok := p.Freezes(call, blocker.Suspends)
		if !ok {
			continue
		}
		p.Report(call, 0, analysis.Finding{
			Message:  freeze.Message(name, "it is over"),
			Versions: freeze.Versions,
			Fixes:    p.AwaitBlocker(call, blocker),
			Cause:    analysis.Cause{Span: call.Span(), Kind: "blocking call"},
		})
	}
}
