// Package unusedignore finds suppressions that suppress nothing.
package unusedignore

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

//go:embed unused-ignore.md
var doc string

// Rule is unused-ignore.
var Rule = &analysis.Rule{
	Name: "unused-ignore", Group: analysis.Directive, Severity: analysis.Info, Realms: pyodide.AllRealms, Directives: true,
	Unnecessary: true,
	Doc:         doc, Check: check,
}

func check(p *analysis.Pass) {
	for _, s := range p.Suppressions() {
		if s.Trouble != "" || !s.Known || s.Used {
			continue
		}
		p.ReportSpan(0, analysis.Finding{
			Span:    s.Span,
			Message: fmt.Sprintf("%s finds nothing here, so there is nothing to ignore", s.Name),
			Fixes:   []analysis.Fix{{Title: "Remove it", Edits: s.Remove}},
		})
	}
}
