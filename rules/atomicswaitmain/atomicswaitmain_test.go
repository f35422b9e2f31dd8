package atomicswaitmain

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
)

const setup = `import js
from js import Promise
cells = js.Int32Array.new(js.SharedArrayBuffer.new(16))
`

func TestWaits(t *testing.T) {
	for code, want := range map[string]string{
		"r = js.Atomics.wait(cells, 0, 0, 1)":                                                       "r = await Promise.resolve(js.Atomics.waitAsync(cells, 0, 0, 1).value)",
		"def f():\n    js.Atomics.wait(cells, 0, 0)":                                                "async def f():\n    await Promise.resolve(js.Atomics.waitAsync(cells, 0, 0).value)",
		"js.Atomics.wait(cells, 0, 0).upper()":                                                      "none",
		"js.Atomics.wait(cells, 0, 0)[0]":                                                           "none",
		"'a' + js.Atomics.wait(cells, 0, 0)":                                                        "none",
		"wait = js.Atomics.wait\nwait(cells, 0, 0)":                                                 "none",
		"f = lambda: js.Atomics.wait(cells, 0, 0)":                                                  "none",
		"def f():\n    if is_worker():\n        js.Atomics.wait(cells, 0, 0)":                       "silent",
		"try:\n    js.Atomics.wait(cells, 0, 0)\nexcept Exception:\n    pass":                       "silent",
		"import contextlib\nwith contextlib.suppress(Exception):\n    js.Atomics.wait(cells, 0, 0)": "silent",
		"js.Atomics.notify(cells, 0)":                                                               "silent",
		"Atomics.wait(cells, 0, 0)":                                                                 "silent",
	} {
		text := setup + code + "\n"
		found := analysistest.Findings(t, Rule, text, analysis.Setting{Realm: pyodide.Main}, analysis.View{})
		got := "silent"
		if len(found) > 0 {
			got = "none"
			if fixed, n := analysis.Fixed(text, found, analysis.Shown); n > 0 {
				got = strings.TrimSpace(strings.TrimPrefix(fixed, setup))
			}
		}
		if got != want {
			t.Errorf("%s\ngot  %s\nwant %s", code, got, want)
		}
	}
}
