// Package fakesandbox finds what is to keep Python from the page and does not.
package fakesandbox

import (
	_ "embed"
	"fmt"
	"iter"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

//go:embed fake-sandbox.md
var doc string

// Rule is fake-sandbox.
var Rule = &analysis.Rule{
	Name: "fake-sandbox", Group: analysis.Security, Severity: analysis.Info, Doc: doc, Check: check, CheckFile: checkFile,
}

// reaches is how code comes to what was to be kept from it.
const reaches = "comes to the page, or to all that the process may do, by way of pyodide_js and the constructor of any object of JavaScript"

func check(p *analysis.Pass) {
	for at, module := range taken(p.Unit) {
		if p.OnlyInPyodide(at) {
			p.Report(at, 0, analysis.Finding{
				Message: fmt.Sprintf("this hides %s from an import and is no sandbox: code that runs in the same Python %s", module, reaches),
			})
		}
	}
}

func checkFile(p *analysis.FilePass) {
	if p.View.Foreign {
		return
	}
	for _, h := range p.File.Hidden {
		message := "this hides js from an import and is no sandbox: Python that is run later " + reaches
		switch {
		case h.How == host.JSGlobals && !h.Others:
			continue // all that runs stands here
		case h.How == host.JSGlobals:
			message = "jsglobals changes what import js gives and is no sandbox: the Python that is run " + reaches
		}
		p.ReportSpan(analysis.Finding{Span: h.Span, Message: message})
	}
}

// taken are the places that take a module of the bridge out of those that are imported, each with the module.
func taken(u *analysis.Unit) iter.Seq2[syntax.Node, string] {
	return func(yield func(syntax.Node, string) bool) {
		for n := range u.Tree.Of(syntax.Subscript) {
			none := n.Field() == syntax.FieldLeft && n.Parent().Child(syntax.FieldRight).Kind() == syntax.None
			if !none && n.Parent().Kind() != syntax.DeleteStatement {
				continue
			}
			module, _ := syntax.Constant(n.Child(syntax.FieldSubscript))
			if pyodide.HiddenModules[module] && u.Scopes.Canonical(n.Child(syntax.FieldValue)) == pyodide.Modules && !yield(n, module) {
				return
			}
		}
		for _, c := range u.Flow.Calls() {
			module, _ := syntax.Constant(flow.Positional(c.Node, 0))
			if c.Name == pyodide.Modules+".pop" && pyodide.HiddenModules[module] && !yield(c.Node, module) {
				return
			}
		}
	}
}
