// Package blockmain finds calls that freeze the page.
package blockmain

import (
	_ "embed"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
)

//go:embed block-main.md
var doc string

// Rule is block-main.
var Rule = &analysis.Rule{
	Name: "block-main", Group: analysis.MainThread, Movable: true, Severity: analysis.Warning, Realms: pyodide.Main,
	Doc: doc, Evidence: analysis.HeldUp(blocks), Check: check,
}

func blocks(call string) bool {
	_, ok := pyodide.Blockers[call]
	return ok
}

// What is waited for, and what kind of cause it is that waits.
const (
	over = "it is over"
	kind = "blocking call"
)

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		wait, ok := p.Unit.Flow.Blocking(c)
		if !ok || wait.Act != flow.Waits || wait.Brief() || !p.OnlyInPyodide(c.Node) {
			continue
		}
		freeze, ok := p.Freezes(c.Node, wait.Suspends)
		if !ok {
			continue
		}
		p.Report(c.Node, 0, analysis.Finding{
			Message:  freeze.Message(c.Name, over),
			Versions: freeze.Versions,
			Fixes:    p.AwaitBlocker(c.Node, pyodide.Blockers[c.Name]), // a project's own have nothing to await instead
			Cause:    analysis.Cause{Span: c.Node.Span(), Kind: kind},
		})
	}
	for _, f := range p.Freezing(flow.Waits) {
		p.Report(f.Call.Node, 0, f.Finding(kind, over))
	}
}
