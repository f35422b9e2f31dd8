// Package analysistest runs one rule over one text, for the tests of rules.
package analysistest

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// Findings are what a rule says of a Python text in a setting, as its project has it. A text that does not parse fails
// the test: nothing is said of what is broken.
func Findings(t testing.TB, rule *analysis.Rule, text string, setting analysis.Setting, view analysis.View) []analysis.Finding {
	t.Helper()
	f, err := analysis.Open(source.New("app/main.py", text), setting)
	if err != nil {
		t.Fatal(err)
	}
	if holes := f.Units[0].Tree.Holes(); len(holes) > 0 {
		t.Fatalf("%s\n  does not parse: %v", text, holes)
	}
	return analysis.Check(t.Context(), f, view, []*analysis.Rule{rule}, analysis.Options{})
}

// Said holds a rule to what it says of each text: nothing, "said", or "said, fixed" where it has a fix, once for each
// finding. The text stands below an import of js.
func Said(t testing.TB, rule *analysis.Rule, texts map[string]string) {
	t.Helper()
	for text, want := range texts {
		said := ""
		for _, found := range Findings(t, rule, "import js\n"+text+"\n", analysis.Setting{}, analysis.View{}) {
			if said += "said"; len(found.Fixes) > 0 {
				said += ", fixed"
			}
		}
		if said != want {
			t.Errorf("%s\n  %q, want %q", text, said, want)
		}
	}
}
