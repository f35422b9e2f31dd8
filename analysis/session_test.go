package analysis

import (
	"strings"
	"testing"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Each unit that stays as it is keeps its tree, wherever it stands after an edit, and though it was gone for a
// moment.
func TestSessionFollowsUnits(t *testing.T) {
	var s Session
	defer s.Close()
	open := func(scripts ...string) map[string]*syntax.Tree {
		t.Helper()
		host := "// app\n"
		for _, script := range scripts {
			host += "pyodide.runPython(`" + script + "`);\n"
		}
		f, err := s.Open(source.New("app.js", host), Setting{})
		if err != nil || len(f.Units) != len(scripts) {
			t.Fatalf("%d units of %d (%v)", len(f.Units), len(scripts), err)
		}
		trees := map[string]*syntax.Tree{}
		for i, script := range scripts {
			if trees[script] = f.Units[i].Tree; !strings.Contains(f.Units[i].Source.Text(), script) {
				t.Errorf("unit %d is %q, want %q", i, f.Units[i].Source.Text(), script)
			}
		}
		return trees
	}
	first := open("a()", "b()", "c()")
	for name, scripts := range map[string][]string{
		"one is put before them": {"new()", "a()", "b()", "c()"},
		"they trade places":      {"c()", "a()", "b()"},
		"the first is gone":      {"b()", "c()"},
		"all are gone":           {},
		"one is edited":          {"a()", "b(1)", "c()"},
	} {
		for script, tree := range open(scripts...) {
			if was := first[script]; was != nil && was != tree {
				t.Errorf("%s: %s was parsed again", name, script)
			}
		}
		again := open("a()", "b()", "c()")
		for script, tree := range again {
			if name != "one is edited" && tree != first[script] {
				t.Errorf("%s, and it is as before: %s was parsed again", name, script)
			}
		}
		first = again
	}
	many := make([]string, 3*sparesKept)
	for i := range many {
		many[i] = strings.Repeat("f()\n", i+1)
	}
	open(many...)
	open("a()")
	if len(s.parses) != 1+sparesKept {
		t.Errorf("%d trees are kept of one unit", len(s.parses))
	}
}
