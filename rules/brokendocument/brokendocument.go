// Package brokendocument finds documents that are not what their names say, so that the Python in them, or for
// them, is not read.
package brokendocument

import (
	_ "embed"

	"pyodide-ls/analysis"
)

//go:embed broken-document.md
var doc string

// Rule is broken-document.
var Rule = &analysis.Rule{
	Name: "broken-document", Group: analysis.Runtime, Severity: analysis.Error, Doc: doc, CheckFile: check,
}

func check(p *analysis.FilePass) {
	for _, t := range p.File.Troubles {
		p.ReportSpan(analysis.Finding{Span: t.Span, Message: t.Message})
	}
}
