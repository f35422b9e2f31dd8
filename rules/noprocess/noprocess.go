// Package noprocess finds calls that want another process, of which there is none in a page.
package noprocess

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

//go:embed no-process.md
var doc string

// Rule is no-process.
var Rule = &analysis.Rule{
	Name: "no-process", Group: analysis.Runtime, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.Fails("emscripten does not support processes"), Check: check,
}

func check(p *analysis.Pass) {
	for c := range p.Lacking(pyodide.Processes) {
		message := fmt.Sprintf("%s %s", c.Called, c.Why)
		if c.Called == pyodide.HostShell && p.Realms(c.Node) == pyodide.Node {
			message = c.Called + " runs the command on the machine itself, outside Pyodide and its files"
		}
		p.Report(c.Node, 0, analysis.Finding{Message: message, Cause: analysis.Cause{Span: c.Node.Span(), Kind: "process"}})
	}
}
