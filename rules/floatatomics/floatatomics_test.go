package floatatomics

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
)

// What the page's examples cannot show: the same call with a little more or less known of it.
func TestKnown(t *testing.T) {
	for text, want := range map[string]string{
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
	} {
		said := ""
		for _, found := range analysistest.Findings(t, Rule, "import js\n"+text+"\n", analysis.Setting{}, analysis.View{}) {
			if said += "said"; len(found.Fixes) > 0 {
				said += ", fixed"
			}
		}
		if said != want {
			t.Errorf("%s\n  %q, want %q", text, said, want)
		}
	}
}
