package containermethod

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/realm"
)

const setup = `import js
import pyodide_js
from pyodide.ffi import create_proxy, to_js
def run(*values): pass
items = [1]
array = js.Array.new()
table = js.Map.new()
`

func findings(t *testing.T, text string, view analysis.View) []analysis.Finding {
	t.Helper()
	return analysistest.Findings(t, Rule, setup+text+"\n", analysis.Setting{}, view)
}

// What is said of each text, and what the first fix makes of it.
func TestSaid(t *testing.T) {
	for text, want := range map[string][2]string{
		"array.push(run)":                        {"push stores a proxy of this function", "array.append(run)"},
		"array.push(run, run)":                   {"push stores", "array.push(run_proxy, run_proxy)"},
		"array.push(1, items)":                   {"push stores a proxy of this list", "array.push(1, items_proxy)"},
		"n = array.push(run)":                    {"push stores", "n = array.push(run_proxy)"},
		"if array.push(run): pass":               {"push stores", "if array.push(create_proxy(run)): pass"},
		"array.push(cb=run)":                     {"push stores", "array.push(cb=run_proxy)"},
		"array.unshift({})":                      {"unshift stores a proxy of this dict", "array.insert(0, {})"},
		"array.splice(0, 1, run)":                {"splice stores", "array.splice(0, 1, run_proxy)"},
		"array.map(str).push(run)":               {"push stores", "array.map(str).append(run)"},
		"array.push(*items, run)":                {},
		"array.splice(run, 1)":                   {},
		"table.set('k', run)":                    {"set stores", "table['k'] = run"},
		"table.set(run, 1)":                      {"set stores", "table[run] = 1"},
		"table.set('k', 1)":                      {},
		"js.Set.new().add((1, 2))":               {"add stores a proxy of this tuple", "js.Set.new().add(create_proxy((1, 2)))"},
		"js.Array.new(items)":                    {"the Array stores a proxy of this list", "js.Array.new(items_proxy)"},
		"js.CustomEvent.new('x', detail=items)":  {"the CustomEvent stores a proxy of this list", "js.CustomEvent.new('x', detail=items_proxy)"},
		"js.CustomEvent.new('x', bubbles=True)":  {},
		"js.CustomEvent.new(detail=run)":         {},
		"pyodide_js.setStdout(batched=run)":      {"destroyed when setStdout returns", "pyodide_js.setStdout(batched=run_proxy)"},
		"pyodide_js.setStdout(batched=items)":    {},
		"js.setTimeout(run, 1)":                  {},
		"js.MutationObserver.new(run)":           {},
		"js.WritableStream.new(write=run)":       {},
		"js.document.body.classList.add(run)":    {},
		"js.library.thing.push(run)":             {},
		"array.push('a', 1, None, True, js.URL)": {},
		"array.push(to_js(items))":               {},
		"array.append(run)":                      {},
		"array.concat(items)":                    {},
		"js.Array.of(1).forEach(run)":            {},
		"def f(array):\n    array.push(run)":     {},
		"array = []\narray.push(run)":            {},
		"import sys\nif sys.platform != 'emscripten':\n    array.push(run)": {},
	} {
		found := findings(t, text, analysis.View{})
		if (len(found) > 0) != (want[0] != "") {
			t.Errorf("%s: %d findings", text, len(found))
			continue
		}
		if len(found) == 0 {
			continue
		}
		if !strings.Contains(found[0].Message, want[0]) {
			t.Errorf("%s: %s", text, found[0].Message)
		}
		if fixed, _ := analysis.Fixed(setup+text+"\n", found, analysis.Safe); !strings.Contains(fixed, want[1]+"\n") {
			t.Errorf("%s becomes\n%s", text, fixed)
		}
	}
}

func TestProjectsWithoutTheMistake(t *testing.T) {
	for name, view := range map[string]analysis.View{
		"proxies by themselves": {Runtime: realm.Runtime{AutoProxies: true}}, "MicroPython": {MicroPython: true},
	} {
		if found := findings(t, "array.push(run)", view); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
}
