package analysis_test

import (
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

// A person stands at "‸", where a hole is put if nothing was typed yet.
func TestSuggestAt(t *testing.T) {
	const head = "import js, pyodide\nfrom js import document\nfrom pyodide.ffi.wrappers import add_event_listener\n"
	for _, test := range []struct {
		text      string
		versions  pyodide.Versions
		has, lack []string
		instead   string
	}{
		{text: "document.‸", has: []string{"querySelector", "body", "addEventListener", "append"}, lack: []string{"new", "setTimeout"}, instead: analysis.Hole},
		{text: "document.quer‸", has: []string{"querySelector"}, instead: "quer"},
		{text: "document.quer‸y.foo", has: []string{"querySelector"}, instead: "query"},
		{text: "js.‸", has: []string{"document", "setTimeout", "Map", "fetch", "Uint8Array"}, lack: []string{"importScripts"}},
		{text: "# pyodide-ls: realm=worker\njs.‸", has: []string{"setTimeout", "importScripts"}, lack: []string{"document", "alert"}},
		{text: "js.Map.‸", has: []string{"new", "groupBy"}, lack: []string{"set", "get"}},
		{text: "js.Map.new().‸", has: []string{"set", "get", "forEach"}, lack: []string{"new"}},
		{text: "b = document.querySelector('#a')\nif b:\n    b.‸\n", has: []string{"innerHTML", "closest"}},
		{text: "r = await js.fetch('/')\nr.‸", has: []string{"json", "status"}},
		{text: "js.JSON.‸", has: []string{"parse", "stringify"}},
		{text: "pyodide.ffi.‸", versions: pyodide.Only(pyodide.V027), has: []string{"create_proxy", "to_js"}, lack: []string{"jsnull"}},
		{text: "pyodide.ffi.‸", versions: pyodide.Only(pyodide.V314), has: []string{"create_proxy", "jsnull"}},
		{text: "from pyodide.ffi import crea‸", has: []string{"create_proxy", "create_once_callable"}, instead: "crea"},
		{text: "from js import docu‸", has: []string{"document", "fetch"}},
		{text: "document.addEventListener('‸', print)", has: []string{"click", "keydown"}, lack: []string{"addEventListener"}, instead: ""},
		{text: "document.addEventListener(\"cl‸\", print)", has: []string{"click"}, instead: "cl"},
		{text: "add_event_listener(document.body, 'cl‸', print)", has: []string{"click"}},
		{text: "document.getElementById('‸')", has: []string{"go", "tide-table"}},
		{text: "document.querySelector('#ti‸')", has: []string{"tide-table"}, instead: "ti"},
		{text: "document.querySelector('main #‸')", has: []string{"go"}, instead: ""},
		{text: "document.querySelector('‸')"},
		{text: "unknown.‸"},
		{text: "x = '‸'"},
		{text: "print('cl‸ick')"},
		{text: "‸"},
		{text: "from elsewhere import ‸"},
		{text: "from docu‸ import x"},
	} {
		text := head + test.text
		at := strings.Index(text, "‸")
		text = strings.Replace(text, "‸", "", 1)
		if last := text[at-1]; last == '.' || last == ' ' {
			text = text[:at] + analysis.Hole + text[at:]
		}
		view := analysis.View{Versions: test.versions, Elements: map[string]bool{"go": true, "tide-table": true}}
		found, _ := analysis.SuggestAt(open(t, text), view, at)
		var names []string
		for _, s := range found.All {
			names = append(names, s.Text)
		}
		if test.has == nil && len(names) > 0 {
			t.Errorf("%s: %d suggestions, such as %q", test.text, len(names), names[0])
		}
		for _, name := range test.has {
			if !slices.Contains(names, name) {
				t.Errorf("%s lacks %s among %d", test.text, name, len(names))
			}
		}
		for _, name := range test.lack {
			if slices.Contains(names, name) {
				t.Errorf("%s has %s", test.text, name)
			}
		}
		if got := text[found.Span.Start:found.Span.End]; test.instead != "" && got != test.instead {
			t.Errorf("%s: in place of %q, want %q", test.text, got, test.instead)
		}
	}
}
