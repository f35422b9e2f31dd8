package oldimport_test

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/oldimport"
)

// A Pyodide from before the names moved had them where they are looked for.
func TestOlder(t *testing.T) {
	const (
		python = "from pyodide import create_proxy\nimport js\n"
		script = "<script>pyodide.runPython(code); pyodide.isPyProxy(a)</script>"
	)
	for _, test := range []struct{ page, python, script string }{
		{`<script src="https://cdn.jsdelivr.net/pyodide/v0.29.5/full/pyodide.js"></script>`, "page.py:1", "index.html:1"},
		{`<script src="https://cdn.jsdelivr.net/pyodide/v0.22.1/full/pyodide.js"></script>`, "", ""},
		{`<script src="https://pyscript.net/releases/2023.05.1/pyscript.js"></script>`, "", ""},
	} {
		texts := map[string]string{"index.html": test.page + script, "page.py": python}
		for file, want := range map[string]string{"page.py": test.python, "index.html": test.script} {
			if got := analysistest.InProject(t, oldimport.Rule, texts, file); got != want {
				t.Errorf("%s in %s\n  %q, want %q", test.page, file, got, want)
			}
		}
	}
}
