package misaligned

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
)

// What the page's examples cannot show: the same call with a little more or less known of it.
func TestKnown(t *testing.T) {
	analysistest.Said(t, Rule, map[string]string{
		"js.Int32Array.new(js.ArrayBuffer.new(6), 0, None)":               "said",
		"js.Int32Array.new(js.ArrayBuffer.new(6), 0, js.x)":               "",
		"js.Int32Array.new(js.ArrayBuffer.new(6, maxByteLength=8), 4, 1)": "",
		"js.Int32Array.new(js.ArrayBuffer.new(6, maxByteLength=8), 1, 1)": "said",
		"js.Int32Array.new(js.ArrayBuffer.new(js.x), 4, 9)":               "",
		"js.Int32Array.new(js.ArrayBuffer.new(8), js.x, 9)":               "",
		"js.Int32Array.new(js.x, 1)":                                      "",
		"js.Int32Array.new(js.ArrayBuffer.new(8), 1, 1)":                  "said, fixed",
		"js.Int32Array.new(js.ArrayBuffer.new(8), 1)":                     "said, fixed",
		"js.Int32Array.new(js.ArrayBuffer.new(8), 1, 2)":                  "said",
		"js.Int32Array.new(js.ArrayBuffer.new(10), 1)":                    "said",
		"js.Int32Array.new(js.ArrayBuffer.new(js.x), 1, 1)":               "said",
		"AT = 1\njs.Int32Array.new(js.ArrayBuffer.new(8), AT, 1)":         "said",
	})
}
