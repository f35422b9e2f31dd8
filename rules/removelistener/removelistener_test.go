package removelistener

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
)

const imports = `import js
from js import document
from pyodide.ffi import create_proxy
from pyodide.ffi.wrappers import add_event_listener
b = document.createElement("b")
def on(e): pass
`

func found(t *testing.T, text string, view analysis.View) []analysis.Finding {
	t.Helper()
	return analysistest.Findings(t, Rule, text, analysis.Setting{}, view)
}

// What may remove something, or is not to remove anything, in ways that no page needs an example for.
func TestSilent(t *testing.T) {
	const wrong = imports + "b.removeEventListener('x', create_proxy(on))\n"
	for name, text := range map[string]string{
		"added bare":             "b.addEventListener('x', on)\nb.removeEventListener('x', on)\n",
		"another's proxy":        "from other import on as p\nb.removeEventListener('x', p)\n",
		"proxied by a decorator": "@create_proxy\ndef p(e): pass\nb.addEventListener('x', p)\nb.removeEventListener('x', p)\n",
		"perhaps the one":        "p = create_proxy(on)\nb.addEventListener('x', p)\nif b: p = create_proxy(on)\nb.removeEventListener('x', p)\n",
		"handed on":              "p = create_proxy(on)\nlisten(p)\nb.removeEventListener('x', p)\n",
		"no Pyodide":             "import sys\nif sys.platform != 'emscripten':\n    b.removeEventListener('x', create_proxy(on))\n",
		"an array of arguments":  "b.removeEventListener(*both)\n",
		"a connection":           "s = js.WebSocket.new('x')\ns.addEventListener('x', create_proxy(on))\ns.removeEventListener('x', create_proxy(on))\ns.close()\n",
	} {
		t.Run(name, func(t *testing.T) {
			for _, f := range found(t, imports+text, analysis.View{}) {
				t.Errorf("%s in\n%s", f.Message, text)
			}
		})
	}
	if len(found(t, wrong, analysis.View{})) != 1 {
		t.Error("nothing is said of what is wrong")
	}
	for name, view := range map[string]analysis.View{"automatic proxies": {Runtime: realm.Runtime{AutoProxies: true}}, "MicroPython": {MicroPython: true}} {
		if len(found(t, wrong, view)) != 0 {
			t.Errorf("something is said with %s", name)
		}
	}
}

// The fix that makes one proxy for both, or none where the two cannot have the same.
func TestFixes(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"a local function": {
			"def f(c):\n    def g(e): c()\n    b.addEventListener('x', create_proxy(g))\n    c()\n    b.removeEventListener('x', create_proxy(g))\n",
			"def f(c):\n    def g(e): c()\n    g_proxy = create_proxy(g)\n    b.addEventListener('x', g_proxy)\n    c()\n    b.removeEventListener('x', g_proxy)\n",
		},
		"a local name of another function": {
			"def f():\n    p = create_proxy(on)\n    b.addEventListener('x', p)\ndef g():\n    b.removeEventListener('x', create_proxy(on))\n", "",
		},
		"lambdas": {"b.addEventListener('x', create_proxy(lambda e: 1))\nb.removeEventListener('x', create_proxy(lambda e: 1))\n", ""},
		"an attribute": {
			"class A:\n    def f(self):\n        self.p = create_proxy(self.on)\n        b.addEventListener('x', self.p)\n    def g(self): b.removeEventListener('x', create_proxy(self.on))\n    def on(self, e): pass\n",
			"class A:\n    def f(self):\n        self.p = create_proxy(self.on)\n        b.addEventListener('x', self.p)\n    def g(self): b.removeEventListener('x', self.p)\n    def on(self, e): pass\n",
		},
		"nobody adds it":    {"b.removeEventListener('x', create_proxy(on))\n", ""},
		"added two times":   {"b.addEventListener('x', create_proxy(on))\nb.addEventListener('x', create_proxy(on))\nb.removeEventListener('x', create_proxy(on))\n", ""},
		"for another event": {"b.addEventListener('y', create_proxy(on))\nb.removeEventListener('x', create_proxy(on))\n", ""},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			got := found(t, imports+c.text, analysis.View{})
			if len(got) != 1 {
				t.Fatalf("%d findings", len(got))
			}
			if c.want == "" {
				if len(got[0].Fixes) > 0 {
					t.Errorf("%q is offered", got[0].Fixes[0].Title)
				}
				return
			}
			if len(got[0].Fixes) == 0 {
				t.Fatal("no fix")
			}
			if text, err := source.Apply(imports+c.text, got[0].Fixes[0].Edits); err != nil || text != imports+c.want {
				t.Errorf("%v, got\n%s", err, text)
			}
		})
	}
}

// In a worker PyScript reaches over to the page with proxies of its own, of which nothing is known.
func TestInWorkers(t *testing.T) {
	for text, want := range map[string]int{
		"from pyscript import document\nfrom pyscript.ffi import create_proxy\ndocument.removeEventListener('x', create_proxy(print))\n": 0,
		"import js\nfrom pyodide.ffi import create_proxy\njs.removeEventListener('message', create_proxy(print))\n":                      1,
	} {
		if got := analysistest.Findings(t, Rule, text, analysis.Setting{Realm: pyodide.Worker}, analysis.View{}); len(got) != want {
			t.Errorf("%d findings, want %d in\n%s", len(got), want, text)
		}
	}
}
