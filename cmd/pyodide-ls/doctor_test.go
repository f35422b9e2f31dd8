package main

import (
	"strings"
	"testing"
)

func TestDoctor(t *testing.T) {
	useCache(t)
	folder(t, map[string]string{
		"pyproject.toml": "[tool.pyodide-ls]\nexclude = [\"gone.py\"]\n\n[tool.pyodide-ls.rules]\nblock-main = \"off\"\n\n[[tool.pyodide-ls.overrides]]\npaths = [\"w.py\"]\nrealm = \"worker\"\n",
		"w.py":           "import js\n", "gone.py": "import js\n",
		"plain/pyodide-ls.toml": "", "plain/a.py": "import js\n",
		"wrong/pyodide-ls.toml": "realm = \"moon\"\n", "wrong/a.py": "import js\n",
	})
	for _, test := range []struct {
		args string
		code int
		want []string // in the output, or in what is said beside it
	}{
		{"", exitClean, []string{"pyodide-ls ", "  binary   /", "  rules    7", "  browser  ", "  runtimes "}},
		{"w.py", exitClean, []string{"w.py\n  settings ", "pyproject.toml\n    exclude ", `realm                    "worker"         line 9`, `rules.block-main         "off"            line 5`, "w.py:1  worker"}},
		{"gone.py", exitClean, []string{"pyproject.toml, which leaves it out"}},
		{"plain/a.py", exitClean, []string{"pyodide-ls.toml, which says nothing of it"}},
		{"wrong/a.py", exitUsage, []string{"pyodide-ls.toml:1:9: unknown realm"}},
		{"nowhere.py", exitUsage, []string{"nowhere.py: no such file"}},
	} {
		t.Run(test.args, func(t *testing.T) {
			got := program(t, "", append([]string{"doctor"}, strings.Fields(test.args)...)...)
			if got.status != test.code {
				t.Errorf("exit status %d, want %d", got.status, test.code)
			}
			for _, want := range test.want {
				if !strings.Contains(got.out+got.log, want) {
					t.Errorf("nothing says %q in\n%s%s", want, got.out, got.log)
				}
			}
		})
	}
}
