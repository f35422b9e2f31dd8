package rules_test

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/rules"
)

const bridged = "from js import document\nfrom bridge import keep_alive, listen, release\n"

// The package of the gallery holds its proxies, and ends them.
func TestTheGallerysPackageHoldsProxies(t *testing.T) {
	for name, text := range map[string]string{
		"a listener for as long as the page lives": "document.body.addEventListener('x', keep_alive(print))\n",
		"one for each call":                        "def show(on, group):\n    document.body.addEventListener('x', keep_alive(on, group=group))\nfor n in 'ab': show(print, n)\n",
		"what is a proxy already":                  "from pyodide.ffi import create_proxy\ndocument.body.addEventListener('x', keep_alive(create_proxy(print)))\n",
		"a proxy that goes with its group":         "from pyodide.ffi import create_proxy\ndef on(e):\n    keep_alive(create_proxy(print), group=e)\nlisten(document.body, 'x', on)\n",
		"an object that has its own":               "class A:\n    def __init__(self):\n        self.p = keep_alive(self.on)\n    def on(self, e): pass\nfor n in 'ab': A()\n",
		"released when it is taken out":            "p = keep_alive(print)\ndocument.body.addEventListener('x', p)\ndef end():\n    document.body.removeEventListener('x', p)\n    release(p)\n",
		"an async handler":                         "async def on(e): pass\nlisten(document.body, 'x', on)\n",
		"by its whole name":                        "import bridge\ndocument.body.addEventListener('x', bridge.core.keep_alive(print))\n",
	} {
		if got := said(of(t, bridged+text)); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestTheGallerysPackageEndsProxies(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"released while JavaScript has it": {"def on(e): pass\np = keep_alive(on)\ndocument.body.addEventListener('x', p)\nrelease(p)\n", "early-destroy"},
		"removed by another proxy":         {"def on(e): pass\ndocument.body.addEventListener('x', keep_alive(on))\ndocument.body.removeEventListener('x', keep_alive(on))\n", "remove-listener"},
		"called where it is handed over":   {"def on(): print(1)\nkeep_alive(on())\n", "call-now"},
		"a handler without the event":      {"def on(): print(1)\nlisten(document.body, 'x', on)\n", "callback-arity"},
	} {
		found := of(t, bridged+c.text)
		if len(found) != 1 || found[0].Rule.Name != c.want {
			t.Errorf("%s: %s", name, said(found))
		}
	}
}

// of are the findings of all rules.
func of(t *testing.T, text string) []analysis.Finding {
	t.Helper()
	f, err := analysis.Open(source.New("app/main.py", text), analysis.Setting{})
	if err != nil {
		t.Fatal(err)
	}
	return analysis.Check(t.Context(), f, analysis.View{}, rules.All, analysis.Options{})
}
