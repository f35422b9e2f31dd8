// Package threads finds threads that are started where there are none.
package threads

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

//go:embed threads.md
var doc string

// Rule is threads.
var Rule = &analysis.Rule{
	Name: "threads", Group: analysis.Runtime, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.Fails("can't start new thread"), Check: check,
}

func check(p *analysis.Pass) {
	for c := range p.Lacking(pyodide.Threads) {
		p.Report(c.Node, 0, analysis.Finding{
			Message: fmt.Sprintf("Pyodide has one thread only, so this call of %s %s", name(c), c.Why),
			Cause:   analysis.Cause{Span: c.Node.Span(), Kind: "thread"},
		})
	}
}

// name is what the call is called by in the text.
func name(c analysis.Lacking) string {
	if c.Method != "" {
		return c.Method
	}
	return c.Function.Text()
}
