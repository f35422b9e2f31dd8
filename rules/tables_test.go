package rules_test

import (
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/proof"
	"pyodide-ls/rules"
)

// The table of each page is of its examples, of the releases that are pinned, and of what the rule says today: where it
// speaks, one of the proof's lines was shown, and where it is silent, all works. That it is what a browser shows is for
// make proofs to say.
func TestTables(t *testing.T) {
	names := map[pyodide.Version]string{}
	for _, line := range pyodide.AllVersions.Each() {
		names[line] = dist.Pyodide(line).Version
	}
	for _, rule := range rules.All {
		t.Run(rule.Name, func(t *testing.T) {
			examples, err := proof.Examples([]*analysis.Rule{rule}, pyodide.AllVersions)
			if err != nil {
				t.Fatal(err)
			}
			var results []proof.Result
			for _, e := range examples {
				for _, m := range e.Modes() {
					word := "works"
					if e.Speaks(t.Context(), rules.All, m) {
						word = shown(e, m)
					}
					results = append(results, proof.Result{Example: e, Mode: m, Word: word})
				}
			}
			if want := proof.Measured(rule.Doc, results, names); rule.Doc != want {
				t.Errorf("the table is not of this page and these releases: run make proofs UPDATE=1; it begins to differ in\n%s", differs(rule.Doc, want))
			}
		})
	}
}

// shown is what the proof has the table say of a bad example in a mode. Of several words it is the one that the table
// has, for that is what a browser chose.
func shown(e *proof.Example, m proof.Mode) string {
	page := analysis.ParsePage(e.Rule.Doc)
	words := []string{"?"}
	for _, line := range page.Proofs {
		if c, err := proof.ParseClaim(line); err == nil && c.Concerns("bad", m) {
			words = append(words, c.Word())
		}
	}
	name := strings.TrimPrefix(e.String(), e.Rule.Name+", ")
	_, row, _ := strings.Cut(e.Rule.Doc, "\n| "+name+" | "+m.Setting()+" | ")
	row, _, _ = strings.Cut(row, " |\n")
	cells := strings.Split(row, " | ")
	column := slices.Index(pyodide.AllVersions.Each(), m.Version)
	if len(cells) > column && slices.Contains(words[1:], cells[column]) {
		return cells[column]
	}
	return words[len(words)-1]
}

// differs is the first line of a page that is not as it is to be, and what it is to be.
func differs(page, want string) string {
	have, all := strings.Split(page, "\n"), strings.Split(want, "\n")
	for i, line := range all {
		if i == len(have) || have[i] != line {
			return strings.Join(have[min(i, len(have)):min(i+1, len(have))], "") + "\nwhere it is to be\n" + line
		}
	}
	return have[len(all)]
}
