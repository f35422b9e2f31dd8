package proof_test

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/proof"
)

const table = `
| measured in Chromium | on | 0.27.7 | 314.0.7 |
| --- | --- | --- | --- |
| bad 1 | main thread | uncaught | works |
| bad 2 | worker | ? | ? |
| the others | main thread | works | works, ? |
`

func TestMeasured(t *testing.T) {
	rule := ruleOf(pyodide.Before(pyodide.V028),
		fence("python bad", "import js\nwrong()\n")+fence("python fixed", "right()")+fence("python bad realm=worker", "import js\nleaks()\nhangs()")+
			fence("python good", "fails()"),
		"bad: pyodide=0.27 uncaught \"it was wrong\"\nfixed: printed \"right\"\n")
	_, results := prove(t, rule, &script{shows: map[string]analysis.Observation{
		"0.27 wrong()": shows["wrong()"], "right()": shows["right()"], "hangs()": shows["hangs()"], "314 fails()": shows["314 fails()"],
	}})
	for _, test := range []struct{ name, behind, want string }{
		{"a page without a table", "", table},
		{"the same again", table, table},
		{"an old table", "\n\n| measured in Chromium | on | 0.26.4 |\n| --- | --- | --- |\n| bad 7 | main thread | works |\n", table},
		{"an old table that does not end its line", "| measured in Chromium | on | 0.26.4 |", table},
		{"what stands behind stays", "\nSee also.\n\n| a | table |\n| --- | --- |\n", table + "\nSee also.\n\n| a | table |\n| --- | --- |\n"},
		{"and behind an old table", table + "\nSee also.\n", table + "\nSee also.\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := proof.Measured(rule.Doc+test.behind, results, releases)
			if got != rule.Doc+test.want {
				t.Errorf("the page ends\n%s\nwant\n%s", strings.TrimPrefix(got, rule.Doc), test.want)
			}
			if again := proof.Measured(got, results, releases); again != got {
				t.Errorf("measured again it is\n%s", again)
			}
		})
	}
	if got := proof.Measured(rule.Doc+table, nil, releases); got != rule.Doc {
		t.Errorf("where nothing was measured the page is\n%s", got)
	}
	if got := proof.Measured("# a-page: without a proof\n", results, releases); got != "# a-page: without a proof\n" {
		t.Errorf("a page without a proof becomes\n%s", got)
	}
}

func TestOf(t *testing.T) {
	a, b := ruleOf(0, fence("python good", "right()"), "good: printed \"right\"\n"), ruleOf(0, fence("python good", "right()"), "good: printed \"right\"\n")
	_, ofA := prove(t, a, &script{shows: shows})
	_, ofB := prove(t, b, &script{shows: shows})
	if got := proof.Of(append(ofA, ofB...), b); len(got) != len(ofB) || got[0].Rule != b {
		t.Errorf("got %+v", got)
	}
}
