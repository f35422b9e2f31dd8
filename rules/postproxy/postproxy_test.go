package postproxy

import (
	"testing"

	"pyodide-ls/analysis"
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

func TestCloned(t *testing.T) {
	analysistest.Said(t, Rule, map[string]string{
		"js.postMessage({'level': 2})":                              "said, fixed",
		"js.postMessage({1, 2})":                                    "said, fixed",
		"js.postMessage(message := {'level': 2})":                   "said",
		"js.postMessage(print)":                                     "said",
		"js.postMessage(level={'level': 2})":                        "said, fixed",
		"js.structuredClone(level={'level': 2})":                    "said, fixed",
		"js.postMessage(*ports, level={'level': 2})":                "",
		"js.history.pushState({'level': 2}, '', '/')":               "said, fixed",
		"js.history.pushState(1, title={'level': 2})":               "",
		"class Own:\n    pass\nOwn().postMessage({})":               "",
		"postMessage({})":                                           "",
		"worker.postMessage({})":                                    "said, fixed",
		"worker.structuredClone({})":                                "",
		"try:\n    js.postMessage({})\nexcept Exception:\n    pass": "",
	})
}

// A project may have a method of that name.
func TestOwnMethod(t *testing.T) {
	view := analysis.View{Methods: map[string]bool{"postMessage": true}}
	if got := analysistest.Findings(t, Rule, "import js\nworker.postMessage({})\n", analysis.Setting{}, view); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestConverted(t *testing.T) {
	texts := map[string]string{}
	for call, want := range map[string]string{
		"to_js({'level': 2})":                                       "said, fixed",
		"to_js({'level': 2}, depth=2)":                              "said, fixed",
		"to_js({'level': 2}, dict_converter=js.Object.fromEntries)": "",
		"to_js({'level': 2}, create_pyproxies=False)":               "",
		"to_js({'level': 2}, **options)":                            "",
		"to_js(*values)":                                            "",
		"to_js([*values])":                                          "",
		"to_js([1, {'level': 2}])":                                  "said, fixed",
		"to_js([{'level': n} for n in values])":                     "said, fixed",
		"other({'level': 2})":                                       "",
	} {
		texts["from pyodide.ffi import to_js\njs.structuredClone("+call+")"] = want
	}
	analysistest.Said(t, Rule, texts)
}
