package floatatomics

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
)

// What the page's examples cannot show: the same call with a little more or less known of it.
func TestKnown(t *testing.T) {
	analysistest.Said(t, Rule, map[string]string{
		"js.Atomics.waitAsync(js.Int32Array.new(js.x), 0, 0)":                        "",
		"js.Atomics.waitAsync(js.Int32Array.new(4), 0, 0)":                           "said",
		"js.Atomics.waitAsync(js.Int32Array.new(js.SharedArrayBuffer.new(8)), 0, 0)": "",
		"js.Atomics.add(js.Float32Array.new(js.x), 0, 1)":                            "said",
		"js.Atomics.add(js.x, 0, 1)":                                                 "",
		"js.Atomics.add(js.BigInt64Array.new(4), 0, js.x)":                           "",
		"js.Atomics.add(js.BigInt64Array.new(4), 0, -1)":                             "said",
		"js.Atomics.compareExchange(js.BigInt64Array.new(4), 0, 2**60, 1)":           "said",
		"js.Atomics.notify(js.BigInt64Array.new(4), 0, 1)":                           "",
		"js.Atomics.notify(js.Uint32Array.new(4), 0)":                                "said, fixed",
		"js.Atomics.notify(js.Uint16Array.new(4), 0)":                                "said",
		"js.Atomics.isLockFree(4)":                                                   "",
	})
}
