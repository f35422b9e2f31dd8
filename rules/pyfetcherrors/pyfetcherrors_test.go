package pyfetcherrors

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
)

// Before 0.24 a response had string and no text: only a project says that it is for that.
func TestOlder(t *testing.T) {
	for page, want := range map[string]string{
		`<script src="https://pyscript.net/releases/2022.12.1/pyscript.js"></script>`: "",
		`<script src="https://pyscript.net/releases/2024.9.2/core.js"></script>`:      "gauge.py:2",
	} {
		texts := map[string]string{
			"index.html": page + `<script type="py" src="gauge.py"></script>`,
			"gauge.py":   "from pyodide.http import pyfetch\nlevels = await (await pyfetch(\"levels.txt\")).string()\n",
		}
		if got := analysistest.InProject(t, Rule, texts, "gauge.py"); got != want {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
}
