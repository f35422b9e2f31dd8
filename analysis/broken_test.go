package analysis_test

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// Where the parser's own errors are left in the tree, as in thousands of headers without a suite, nothing is
// reported; the same rule speaks of a text that parses.
func TestNothingIsReportedOfBrokenCode(t *testing.T) {
	rule := &analysis.Rule{Name: "any", Group: analysis.Proxy, Severity: analysis.Error, Check: func(p *analysis.Pass) {
		p.Report(p.Unit.Tree.Root(), 0, analysis.Finding{Message: "there is a file"})
	}}
	var broken strings.Builder
	for i := range 400 {
		fmt.Fprintf(&broken, "%sif x:\n", strings.Repeat(" ", i))
	}
	for text, want := range map[string]int{"import js\n": 1, broken.String(): 0} {
		f, err := analysis.Open(source.New("page.py", text), analysis.Setting{})
		if err != nil {
			t.Fatal(err)
		}
		if f.Units[0].Tree.Root().Broken() != (want == 0) {
			t.Fatalf("the text of %d bytes is not what this test needs", len(text))
		}
		if got := len(analysis.Check(t.Context(), f, analysis.View{}, []*analysis.Rule{rule}, analysis.Options{})); got != want {
			t.Errorf("a text of %d bytes: %d findings, want %d", len(text), got, want)
		}
	}
}
