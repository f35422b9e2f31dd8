// Package stdinworker finds code that reads what somebody types, in a worker, where nobody can type anything.
package stdinworker

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

//go:embed stdin-worker.md
var doc string

// Rule is stdin-worker.
var Rule = &analysis.Rule{
	Name: "stdin-worker", Group: analysis.RealmGroup, Severity: analysis.Error, Realms: pyodide.Worker | pyodide.ServiceWorker,
	Doc: doc, Evidence: analysis.Fails("[Errno 29] I/O error"), Check: check,
}

func check(p *analysis.Pass) {
	feeds := sync.OnceValue(func() bool { return p.View.Stdin || realm.FeedsStdin(p.File.Source.Text()) })
	for _, c := range p.Unit.Flow.Calls() {
		if pyodide.ReadsInput(c.Name) && !feeds() {
			report(p, c.Node, c.Function.Text())
		}
	}
	for n := range p.Unit.Tree.Of(syntax.ForStatement) {
		if lines := n.Child(syntax.FieldRight); p.Unit.Scopes.Canonical(lines) == pyodide.Stdin && !feeds() {
			report(p, lines, lines.Text())
		}
	}
}

func report(p *analysis.Pass, at syntax.Node, what string) {
	if !p.OnlyInPyodide(at) || p.Unit.Flow.Catches(at, pyodide.ReadingRaises...) || framed(p, at) {
		return
	}
	p.Report(at, 0, analysis.Finding{
		Message: fmt.Sprintf("nobody can type anything in a worker, so %s raises OSError", what),
		Cause:   analysis.Cause{Span: at.Span(), Kind: "input"},
	})
}

// framed says whether a framework or the kernel of a notebook runs the code: it may have an input of its own, as
// JupyterLite has.
func framed(p *analysis.Pass, at syntax.Node) bool {
	return p.Unit.Form == host.Cells && p.Unit.Host != nil || slices.ContainsFunc(p.Runs(at), func(r realm.Placement) bool { return r.Basis == realm.Marked })
}
