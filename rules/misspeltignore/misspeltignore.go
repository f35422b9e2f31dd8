// Package misspeltignore finds comments to this program that it does not understand.
package misspeltignore

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
)

//go:embed misspelt-ignore.md
var doc string

// Rule is misspelt-ignore.
var Rule = &analysis.Rule{
	Name: "misspelt-ignore", Group: analysis.Directive, Severity: analysis.Warning, Realms: pyodide.AllRealms, Directives: true,
	Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	for _, s := range p.Suppressions() {
		switch {
		case s.Trouble != "":
			p.ReportSpan(0, analysis.Finding{
				Span: s.Span, Message: s.Trouble,
				Fixes: []analysis.Fix{{Title: "Remove it", Applicability: analysis.Unsafe, Edits: s.Remove}},
			})
		case !s.Known:
			p.ReportSpan(0, unknown(s))
		}
	}
}

func unknown(s analysis.Suppression) analysis.Finding {
	f := analysis.Finding{Span: s.Span, Message: fmt.Sprintf("there is no rule %q, so nothing is ignored", s.Name)}
	if s.Nearest != "" {
		f.Message += fmt.Sprintf("; did you mean %s", s.Nearest)
		f.Fixes = []analysis.Fix{{Title: "Write " + s.Nearest, Edits: []source.Edit{{Span: s.Span, New: s.Nearest}}}}
		return f
	}
	f.Fixes = []analysis.Fix{{Title: "Remove it", Applicability: analysis.Unsafe, Edits: s.Remove}}
	return f
}
