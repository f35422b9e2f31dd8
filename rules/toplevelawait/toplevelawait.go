// Package toplevelawait finds await where nothing can be awaited: at the top level of what is entered synchronously.
package toplevelawait

import (
	_ "embed"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

//go:embed top-level-await.md
var doc string

// Rule is top-level-await.
var Rule = &analysis.Rule{
	Name: "top-level-await", Group: analysis.Async, Severity: analysis.Error, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	if p.MayEnter(host.AsyncEntry) {
		return
	}
	for n := range p.Unit.Tree.Of(syntax.Await) {
		if p.Unit.Scopes.Function(n).OK() || inClass(n) {
			continue
		}
		word := n.Span()
		word.End = word.Start + len("await")
		p.ReportSpan(0, analysis.Finding{
			Span: word, Message: message(p.Unit), Cause: analysis.Cause{Span: word, Kind: "await"},
		})
		return // a SyntaxError: nothing of the text runs
	}
}

func inClass(n syntax.Node) bool {
	for p := range n.Above() {
		if p.Kind() == syntax.ClassDefinition {
			return true
		}
	}
	return false
}

func message(u *analysis.Unit) string {
	switch {
	case u.Host == nil:
		return "this file is imported as a module, whose top level cannot await: the import is a SyntaxError"
	case u.Form == host.Attribute:
		return "the code of an event attribute cannot await at its top level: it is a SyntaxError"
	}
	return "what runPython runs cannot await at its top level: it is a SyntaxError; runPythonAsync runs it"
}
