package missingnew_test

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/missingnew"
)

func TestCalls(t *testing.T) {
	analysistest.Said(t, missingnew.Rule, map[string]string{
		"js.URL('a')": "said, fixed",
		"import sys\nif sys.platform != 'emscripten':\n    js.URL('a')":                      "",
		"now = js.Date()\nnow.getTime()":                                                     "said, fixed",
		"now = js.Date()\nnow.upper()":                                                       "",
		"now = js.Date()\nnow[0]":                                                            "",
		"now = js.Date()\nif js.late:\n    now = js.Date.new()\n    js.print(now.getTime())": "",
	})
}

// MicroPython makes objects otherwise, and so does PyScript for a worker that reaches over to the page.
func TestWhereItRuns(t *testing.T) {
	const code = "from pyscript import window\nwindow.URL('a')\n"
	for _, test := range []struct{ page, want string }{
		{`<script type="py" src="page.py"></script>`, "page.py:2"},
		{`<script type="py" src="page.py" worker></script>`, ""},
		{`<script type="mpy" src="other.py"></script>`, ""},
	} {
		texts := map[string]string{"index.html": test.page, "page.py": code}
		if got := analysistest.InProject(t, missingnew.Rule, texts, "page.py"); got != test.want {
			t.Errorf("%s\n  %q, want %q", test.page, got, test.want)
		}
	}
}
