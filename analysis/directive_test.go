package analysis_test

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
)

func TestSuppressions(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"none", "one()\n", "one"},
		{"line end", "one()  # pyodide-ls: ignore[one]\none()\n", "one"},
		{"line end with a reason", "one()  # noqa # pyodide-ls: ignore[one] because\n", ""},
		{"no space", "one()  #pyodide-ls:ignore[one]\n", ""},
		{"own line", "# pyodide-ls: ignore[one]\none()\none()\n", "one"},
		{"own line, indented", "def f():\n    # pyodide-ls: ignore[one]\n    one()\n    one()\n", "one"},
		{"comments and blank lines between", "# pyodide-ls: ignore[one]\n# why\n\n# pyodide-ls: ignore[two]\none(two())\n", ""},
		{"multi-line call, at its start", "one(  # pyodide-ls: ignore[one, two]\n    two(),\n)\n", ""},
		{"multi-line call, at its end", "one(\n    two(),\n)  # pyodide-ls: ignore[one, two]\n", ""},
		{"multi-line call, above", "# pyodide-ls: ignore[one, two]\nx = one(\n    two(),\n)\n", ""},
		{"no more than the simple statement", "# pyodide-ls: ignore[one]\nif one():\n    one()\n", "one"},
		{"a def's line is not its body", "def f():  # pyodide-ls: ignore[one]\n    one()\n", "unused one; one"},
		{"file", "one()\n# pyodide-ls: ignore-file[one]\none()\ntwo()\n", "two"},
		{"several rules", "one(two())  # pyodide-ls: ignore[ one ,two, ]\n", ""},
		{"unused", "two()  # pyodide-ls: ignore[one]\n", "two; unused one"},
		{"one of two unused", "one()  # pyodide-ls: ignore[one, two]\n", "unused two"},
		{"misspelt", "one()  # pyodide-ls: ignore[onee]\n", "one; unknown onee near one"},
		{"like nothing", "one()  # pyodide-ls: ignore[whatever-it-is]\n", "one; unknown whatever-it-is near "},
		{"no names", "one()  # pyodide-ls: ignore[]\n", "one; trouble"},
		{"no brackets", "one()  # pyodide-ls: ignore\n", "one; trouble"},
		{"nonsense", "one()  # pyodide-ls: please\n", "one; trouble"},
		{"no such realm", "# pyodide-ls: realm=moon\none()\n", "trouble; one"},
		{"host", "# pyodide-ls: realm=host\none()\n", ""},
		{"in a string", "one('''\n# pyodide-ls: ignore[one]\n''')\n", "one"},
		{"in a string of one line", "one('# pyodide-ls: ignore[one]')\n", "one"},
		{"CRLF", "one()  # pyodide-ls: ignore[one]\r\none()\r\n", "one"},
		{"on the last line", "one()\n# pyodide-ls: ignore[one]", "one; unused one"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := messages(check(t, test.text, caller("one"), caller("two"), comments())); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSuppressionOfRuleThatDoesNotRun(t *testing.T) {
	one, two := caller("one"), caller("two")
	f := open(t, "x()  # pyodide-ls: ignore[one, two, three, four]\n")
	got := messages(analysis.Check(t.Context(), f, analysis.View{}, []*analysis.Rule{one, two, comments()}, analysis.Options{
		Known: []string{"one", "two", "three"},
		Severity: func(r *analysis.Rule) analysis.Severity {
			if r == two {
				return analysis.Off
			}
			return r.Severity
		},
	}))
	if want := "unused one; unknown four near "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRealm(t *testing.T) {
	worker := caller("one")
	worker.Realms = pyodide.Worker
	if got := check(t, "one()\n", worker); len(got) != 0 {
		t.Errorf("a worker's rule speaks on the main thread: %v", got)
	}
	got := check(t, "one()\n# pyodide-ls: realm = worker\n", worker)
	if len(got) != 1 || realm.RealmsOf(got[0].Runs) != pyodide.Worker {
		t.Errorf("the directive does not count: %v", got)
	}
	if got := check(t, "import js\nx = '# pyodide-ls: realm=worker'\none()\n", caller("one")); len(got) != 1 || realm.RealmsOf(got[0].Runs) != pyodide.Main {
		t.Errorf("a string sets the realm: %v", got)
	}
}

func TestRemoveSuppression(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"both", "x  # pyodide-ls: ignore[one, two]\ntwo()\n", "x\ntwo()\n"},
		{"only the unused, in front", "two()  # pyodide-ls: ignore[one, two]\n", "two()  # pyodide-ls: ignore[two]\n"},
		{"only the unused, behind", "two()  # pyodide-ls: ignore[two, one]\n", "two()  # pyodide-ls: ignore[two]\n"},
		{"own line", "a\n# pyodide-ls: ignore[one]\nb\n", "a\nb\n"},
		{"own line, CRLF", "a\r\n# pyodide-ls: ignore[one]\r\nb\r\n", "a\r\nb\r\n"},
		{"line end, CRLF", "x  # pyodide-ls: ignore[one]\r\nb\r\n", "x\r\nb\r\n"},
		{"two comments in one", "two()  # pyodide-ls: ignore[one] # pyodide-ls: ignore[two]\n", "two() # pyodide-ls: ignore[two]\n"},
		{"last line", "a\n# pyodide-ls: ignore[one]", "a\n"},
		{"behind another comment", "a  # why # pyodide-ls: ignore[one]\n", "a  # why\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := test.text
			for range 3 {
				text, _ = analysis.Fixed(text, check(t, text, comments(), caller("one"), caller("two")), analysis.Safe)
			}
			if text != test.want {
				t.Errorf("got %q, want %q", text, test.want)
			}
		})
	}
}
