package postproxy

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
)

// Before 0.26 to_js made a Map of a dict, which can be cloned, and no LiteralMap: only a project says that it is for that.
func TestOlder(t *testing.T) {
	for page, want := range map[string]string{
		`<script src="https://cdn.jsdelivr.net/pyodide/v0.24.1/full/pyodide.js"></script>`: "",
		`<script src="https://cdn.jsdelivr.net/pyodide/v0.26.4/full/pyodide.js"></script>`: "gauge.py:3",
	} {
		texts := map[string]string{
			"index.html": page, "gauge.py": "import js\nfrom pyodide.ffi import to_js\njs.structuredClone(to_js({\"level\": 2.4}))\n",
		}
		if got := analysistest.InProject(t, Rule, texts, "gauge.py"); got != want {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
}
