package bigint_test

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/bigint"
)

func TestValues(t *testing.T) {
	analysistest.Said(t, bigint.Rule, map[string]string{
		"js.Date.new(2**60)":         "said",
		"js.Date.new(2**40)":         "",
		"js.JSON.stringify(2**60)":   "said, fixed",
		"js.JSON.stringify([2**60])": "",
		"from pyodide.ffi import to_js\njs.JSON.stringify(to_js([2**60]))":     "said, fixed",
		"js.JSON.stringify(other([2**60]))":                                    "",
		"js.Int32Array.new([2**60])":                                           "said, fixed",
		"js.Int32Array.new(other([2**60]))":                                    "",
		"from pyodide.ffi import to_js\njs.Int32Array.new(to_js([2**60]))":     "said, fixed",
		"js.BigInt64Array.of(1)":                                               "said, fixed",
		"js.BigInt64Array.new()":                                               "",
		"a = js.Int32Array.new(4)\na[0] = 2**60":                               "said, fixed",
		"a = js.Int32Array.new(4)\na.at = 2**60":                               "",
		"a = js.Int32Array.new(4)\na.fill(2**60)":                              "said, fixed",
		"a = js.BigInt64Array.new(4)\na[0] = 1":                                "said, fixed",
		"a = js.BigInt64Array.new(4)\na[0] = 2**60":                            "",
		"a = js.BigInt64Array.new(4)\na[0] = x":                                "",
		"a = [0]\na[0] = 2**60":                                                "",
		"import sys\nif sys.platform != 'emscripten':\n    js.Date.new(2**60)": "",
		"try:\n    js.Date.new(2**60)\nexcept Exception:\n    pass":            "",
		"from pyodide.ffi import to_js\nfloat = 1\njs.Int32Array.new([2**60])": "said",
	})
}
