package analysis_test

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

func TestSuppressHere(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"behind the line", "bad()\n", "bad()  # pyodide-ls: ignore[bad]\n"},
		{"behind a comment", "bad()  # why\n", "bad()  # why  # pyodide-ls: ignore[bad]\n"},
		{"one more name", "bad()  # pyodide-ls: ignore[other]\n", "bad()  # pyodide-ls: ignore[other, bad]\n"},
		{"one more name above", "# pyodide-ls: ignore[other]\nbad()\n", "# pyodide-ls: ignore[other, bad]\nbad()\n"},
		{"without a last terminator", "bad()", "bad()  # pyodide-ls: ignore[bad]"},
		{"CRLF", "x\r\nbad()\r\n", "x\r\nbad()  # pyodide-ls: ignore[bad]\r\n"},
		{"several lines", "bad(\n    1,\n)\n", "bad(  # pyodide-ls: ignore[bad]\n    1,\n)\n"},
		{"a string over lines", "bad('''\n''')\n", "bad('''\n''')  # pyodide-ls: ignore[bad]\n"},
		{"a continued line", "def f():\n    x = bad() + \\\n        1\n", "def f():\n    # pyodide-ls: ignore[bad]\n    x = bad() + \\\n        1\n"},
		{"in a string over lines", "def f():\n\tf'''\n{bad()}\n'''\n", "def f():\n\t# pyodide-ls: ignore[bad]\n\tf'''\n{bad()}\n'''\n"},
		{"half-typed", "bad()\nx = (\n", "bad()  # pyodide-ls: ignore[bad]\nx = (\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := open(t, test.text)
			findings := check(t, test.text, caller("bad"), caller("other"))
			if len(findings) == 0 || findings[0].Rule.Name != "bad" {
				t.Fatalf("findings %v", findings)
			}
			edits, ok := analysis.SuppressHere(f, findings[0])
			if !ok {
				t.Fatal("no comment can ignore it")
			}
			ignored(t, test.text, test.want, edits)
		})
	}
}

func TestSuppressInFile(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"at the top", "bad()\n", "# pyodide-ls: ignore-file[bad]\nbad()\n"},
		{"behind the interpreter and the encoding", "#!/usr/bin/python\n# -*- coding: utf-8 -*-\n# why\nbad()\n",
			"#!/usr/bin/python\n# -*- coding: utf-8 -*-\n# pyodide-ls: ignore-file[bad]\n# why\nbad()\n"},
		{"above a docstring", "'''Doc.'''\nbad()\n", "# pyodide-ls: ignore-file[bad]\n'''Doc.'''\nbad()\n"},
		{"behind a byte order mark", "\ufeffbad()\r\n", "\ufeff# pyodide-ls: ignore-file[bad]\r\nbad()\r\n"},
		{"one more name", "x\n# pyodide-ls: ignore-file[other]\nbad()\n", "x\n# pyodide-ls: ignore-file[other, bad]\nbad()\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			edits, ok := analysis.SuppressInFile(open(t, test.text), check(t, test.text, caller("bad"))[0])
			if !ok {
				t.Fatal("no comment can be written")
			}
			ignored(t, test.text, test.want, edits)
		})
	}
}

// Where no comment can stand nothing is offered.
func TestNothingSuppresses(t *testing.T) {
	text := "x = '''\n" + strings.Repeat("y\n", 300) + "'''; bad() + \\\n 1\n"
	findings := check(t, text, caller("bad"))
	if len(findings) != 1 {
		t.Fatalf("findings %v", findings)
	}
	if edits, ok := analysis.SuppressHere(open(t, text), findings[0]); ok {
		t.Errorf("edits %v", edits)
	}
}

func ignored(t *testing.T, text, want string, edits []source.Edit) {
	t.Helper()
	got, err := source.Apply(text, edits)
	if err != nil || got != want {
		t.Fatalf("got %q, %v; want %q", got, err, want)
	}
	if left := messages(check(t, got, caller("bad"))); left != "" {
		t.Errorf("left over: %s", left)
	}
}
