package analysis_test

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

func open(t testing.TB, text string) *analysis.File {
	t.Helper()
	f, err := analysis.Open(source.New("a.py", text), analysis.Setting{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func traits(file, text string) analysis.Traits {
	t, _ := analysis.TraitsOf(file, host.Python, text)
	return t
}

// caller is a rule that reports every call of a function of its own name, with underscores for hyphens.
func caller(name string) *analysis.Rule {
	return calls(name, func(p *analysis.Pass, call syntax.Node) { p.Report(call, 0, analysis.Finding{Message: name}) })
}

func calls(name string, do func(*analysis.Pass, syntax.Node)) *analysis.Rule {
	return &analysis.Rule{Name: name, Severity: analysis.Warning, Check: func(p *analysis.Pass) {
		for call := range p.Unit.Tree.Of(syntax.Call) {
			if call.Child(syntax.FieldFunction).Text() == strings.ReplaceAll(name, "-", "_") {
				do(p, call)
			}
		}
	}}
}

// comments is a rule that reports what is to be said of the ignore comments.
func comments() *analysis.Rule {
	return &analysis.Rule{
		Name: "comments", Severity: analysis.Info, Realms: pyodide.AllRealms, Directives: true,
		Check: func(p *analysis.Pass) {
			for _, s := range p.Suppressions() {
				what := "unused " + s.Name
				switch {
				case s.Trouble != "":
					what = "trouble"
				case !s.Known:
					what = "unknown " + s.Name + " near " + s.Nearest
				case s.Used:
					continue
				}
				p.ReportSpan(0, analysis.Finding{
					Span: s.Span, Message: what, Fixes: []analysis.Fix{{Title: "Remove it", Edits: s.Remove}},
				})
			}
		},
	}
}

func check(t testing.TB, text string, rules ...*analysis.Rule) []analysis.Finding {
	t.Helper()
	return analysis.Check(t.Context(), open(t, text), analysis.View{}, rules, analysis.Options{})
}

func messages(findings []analysis.Finding) string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Message)
	}
	return strings.Join(all, "; ")
}
