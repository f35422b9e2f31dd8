// Package analysistest runs one rule over one text, or one project, for the tests of rules.
package analysistest

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax/host"
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

// InProject is what a rule says of one file of a project: of each finding the line, and those that explain it.
func InProject(t testing.TB, rule *analysis.Rule, texts map[string]string, file string) string {
	t.Helper()
	traits, opened := map[string]analysis.Traits{}, map[string]*analysis.File{}
	for path, text := range texts {
		traits[path], _ = analysis.TraitsOf(path, host.Of(path), text)
		if host.Of(path) == host.Unknown {
			continue
		}
		var err error
		if opened[path], err = analysis.Open(source.New(path, text), analysis.Setting{}); err != nil {
			t.Fatal(err)
		}
	}
	project := analysis.NewProject(traits, func(paths []string) map[string]realm.Python {
		parsed := map[string]realm.Python{}
		for _, path := range paths {
			parsed[path] = opened[path].Python()
		}
		return parsed
	})
	var said []string
	for _, f := range analysis.Check(t.Context(), opened[file], project.View(file), []*analysis.Rule{rule}, analysis.Options{Project: project}) {
		line := fmt.Sprintf("%s:%d", file, opened[file].Source.Point(f.Span.Start).Line)
		for _, r := range f.Related {
			line += fmt.Sprintf(" %s:%d", r.Path, r.At.Start.Line)
		}
		said = append(said, line)
	}
	return strings.Join(said, "; ")
}
