package nullisnone

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
)

const setup = "import js\n"

// What can be compared with depends on the versions that a project is for, of which an example has all.
func TestFixes(t *testing.T) {
	since := analysis.View{Versions: pyodide.Since(pyodide.KnowsNull)}
	for _, test := range []struct {
		view       analysis.View
		code, want string
	}{
		{since, `js.JSON.parse("null") is None`, "from pyodide.ffi import jsnull\n" + `js.JSON.parse("null") is jsnull`},
		{since, `js.localStorage.getItem("unit") != None`, "from pyodide.ffi import jsnull\n" + `js.localStorage.getItem("unit") != jsnull`},
		{since, `js.document.getElementById("a") is None`, `not js.document.getElementById("a")`},
		{analysis.View{}, `js.JSON.parse("null") is None`, "none"},
		{analysis.View{}, `x = js.document.getElementById("a") is not None`, `x = bool(js.document.getElementById("a"))`},
		{analysis.View{}, "x = js.prompt()\nif x is None:\n    x = ''", "x = js.prompt()\nif not isinstance(x, str):\n    x = ''"},
		{analysis.View{}, "x = js.prompt()\nif x is None:\n    x = y", "silent"},
		{analysis.View{}, `js.document.createElement("input").files is None`, "none"}, // an empty list is false
		{analysis.View{Versions: pyodide.Before(pyodide.KnowsNull)}, `js.JSON.parse("null") is None`, "silent"},
		{analysis.View{Runtime: realm.Runtime{NullToNone: true}}, `js.JSON.parse("null") is None`, "silent"},
	} {
		text := setup + test.code + "\n"
		found := analysistest.Findings(t, Rule, text, analysis.Setting{}, test.view)
		got := "silent"
		if len(found) > 0 {
			got = "none"
			if fixed, n := analysis.Fixed(text, found, analysis.Shown); n > 0 {
				got = strings.TrimSpace(strings.TrimPrefix(fixed, setup))
			}
		}
		if got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.code, got, test.want)
		}
	}
}
