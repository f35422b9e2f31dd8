package lint_test

import (
	"os"
	"path/filepath"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/lint"
)

// A fix after which the file no longer parses is not made; one that keeps it whole is.
func TestFixNeverBreaksAFile(t *testing.T) {
	for insert, want := range map[string]int{"(": 0, "print": 1} {
		rule := &analysis.Rule{Name: "broken-fix", Group: analysis.Proxy, Severity: analysis.Error, Check: func(p *analysis.Pass) {
			for call := range p.Unit.Tree.Of(syntax.Call) {
				if at := call.Span(); call.Child(syntax.FieldFunction).Text() == "a" {
					p.Report(call, 0, analysis.Finding{Message: "a is called", Fixes: []analysis.Fix{{
						Title: "Rename it", Edits: []source.Edit{{Span: source.Span{Start: at.Start, End: at.Start + 1}, New: insert}},
					}}})
				}
			}
		}}
		path := filepath.Join(t.TempDir(), "page.py")
		if err := os.WriteFile(path, []byte("import js\na()\njs.b()\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		result, err := lint.Run(t.Context(), lint.Options{Paths: []string{path}, Rules: []*analysis.Rule{rule}, Fix: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(lint.Changes(result)); got != want {
			t.Errorf("a fix that writes %q: %d changes, want %d", insert, got, want)
		}
	}
}
