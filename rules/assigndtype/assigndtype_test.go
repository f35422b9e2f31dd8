package assigndtype

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
)

// What the page's examples cannot show: the same call with a little more or less known of it.
func TestKnown(t *testing.T) {
	analysistest.Said(t, Rule, map[string]string{
		"js.Uint8Array.new(4).assign([1, 2])":                              "said, fixed",
		"js.BigInt64Array.new(4).assign([1, 2])":                           "said",
		"js.Uint8Array.new(4).assign(map(int, x))":                         "said",
		"js.Uint8Array.new(4).assign(\"tide\")":                            "said",
		"js.Uint8Array.new(4).assign_to([1, 2])":                           "said",
		"js.Uint8Array.new(4).assign(x)":                                   "",
		"js.Uint8Array.new(4).assign([1, 2], 3)":                           "",
		"js.Float16Array.new(4).assign(bytes(8))":                          "",
		"js.x.assign([1, 2])":                                              "",
		"import array\njs.Float64Array.new(4).assign(array.array(\"q\"))":  "said",
		"import array\njs.BigInt64Array.new(4).assign(array.array(\"d\"))": "said",
		"import array\njs.Int32Array.new(4).assign(array.array(\"f\"))":    "said, fixed",
		"import array\njs.Int32Array.new(4).assign_to(array.array(\"f\"))": "said",
	})
}
