package dictconverter_test

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/rules/dictconverter"
)

const setup = "from functools import partial\nfrom pyodide.ffi import to_js\n"

func TestCalls(t *testing.T) {
	texts := map[string]string{}
	for text, want := range map[string]string{
		"js.Object.fromEntries({'a': 1})":                                                   "said, fixed",
		"js.Object.fromEntries({'a': 1}, 2)":                                                "",
		"js.Object.fromEntries()":                                                           "",
		"js.Object.fromEntries(pairs)":                                                      "",
		"js.Object.keys({'a': 1})":                                                          "",
		"js.Object.fromEntries(to_js({}))":                                                  "said, fixed",
		"js.Object.fromEntries(to_js({'a': 1}, depth=1))":                                   "",
		"js.Object.fromEntries(to_js({'a': 1}, create_pyproxies=False))":                    "said",
		"pairs = to_js({'a': 1})\njs.Object.fromEntries(pairs)":                             "said",
		"js.Object.fromEntries(to_js(pairs))":                                               "",
		"import sys\nif sys.platform != 'emscripten':\n    js.Object.fromEntries({'a': 1})": "",
		"try:\n    to_js(a, dict_converter=js.Map)\nexcept js.JsException:\n    pass":       "",
		"try:\n    to_js(a, dict_converter=dict)\nexcept js.JsException:\n    pass":         "said, fixed",
		"partial(to_js, dict_converter=dict)":                                               "said, fixed",
		"partial(other, dict_converter=dict)":                                               "",
		"other(to_js, dict_converter=dict)":                                                 "",
		"import sys\nif sys.platform != 'emscripten':\n    to_js(a, dict_converter=dict)":   "",
	} {
		texts[setup+text] = want
	}
	analysistest.Said(t, dictconverter.Rule, texts)
}

// Before 0.29 to_js makes a Map of a dict, which has pairs.
func TestMaps(t *testing.T) {
	const text = "import js\n" + setup + "js.Object.fromEntries(to_js({'a': 1}))\n"
	for versions, want := range map[pyodide.Versions]int{pyodide.Before(pyodide.V029): 0, pyodide.Only(pyodide.V028, pyodide.V029): 1} {
		if got := analysistest.Findings(t, dictconverter.Rule, text, analysis.Setting{}, analysis.View{Versions: versions}); len(got) != want {
			t.Errorf("%s: %d findings, want %d", versions, len(got), want)
		}
	}
}
