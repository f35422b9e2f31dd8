package rules_test

import (
	"testing"

	"pyodide-ls/analysis"
)

// What public code taught: an element below another goes when the page is rewritten, and a server's instance
// ends without a page.
func TestSilentInPublicCode(t *testing.T) {
	for name, text := range map[string]string{
		"a child of a body that is rewritten": imports + "def show(html):\n    document.body.innerHTML = html\n" +
			"    document.body.firstElementChild.addEventListener('x', create_proxy(lambda e: print(e)))\n",
		"one of its children": imports + "def show(html):\n    document.body.innerHTML = html\n" +
			"    document.body.children[0].addEventListener('x', create_proxy(lambda e: print(e)))\n",
		"a worker of Cloudflare's": "from js import WebSocket\nfrom pyodide.ffi import create_proxy\nfrom workers import DurableObject\n" +
			"class A(DurableObject):\n    def open(self):\n        self.ws = WebSocket.new('x')\n        self.ws.addEventListener('x', create_proxy(self.on))\n    def on(self, e): pass\n",
	} {
		if got := said(findings(t, text, analysis.View{})); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
	still := imports + "def show(html):\n    document.body.innerHTML = html\n    document.body.addEventListener('x', create_proxy(lambda e: print(e)))\n"
	if said(findings(t, still, analysis.View{})) == "" {
		t.Error("nothing is said of the body itself, which stays")
	}
}

// A fix that gives the proxy an owner, and yet may do harm, is not for --fix.
func TestFixesThatAreNotForFix(t *testing.T) {
	const element = "        self.el = document.createElement('p')\n        self.el.addEventListener('x', create_proxy(self.on))\n    def on(self, e): pass\n"
	tests := map[string]struct {
		text, title string
		risk        analysis.Applicability
	}{
		"each call registers another function": {
			imports + "def f(name):\n    def on(e): print(name)\n    document.addEventListener(name, create_proxy(on))\n",
			"Use add_event_listener, which keeps the proxy", analysis.Unsafe,
		},
		"one function": {
			imports + "def f(name, on):\n    document.addEventListener(name, create_proxy(on))\n",
			"Use add_event_listener, which keeps the proxy", analysis.Safe,
		},
		"a file that may run on MicroPython": {
			"from pyscript import document\nfrom pyscript.ffi import create_proxy\ndef f(name, on):\n    document.addEventListener(name, create_proxy(on))\n",
			"Use add_event_listener, which keeps the proxy", analysis.Unsafe,
		},
		"an element that is made when it is needed": {
			imports + "class A:\n    def __init__(self):\n        self.el = None\n    def show(self):\n" + element + "for n in 'ab': A()\n",
			"Keep it as self._on_proxy, for close to destroy", analysis.Shown,
		},
		"an element that is always made": {
			imports + "class A:\n    def __init__(self):\n" + element + "for n in 'ab': A()\n",
			"Keep it as self._on_proxy, for close to destroy", analysis.Shown,
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			got := findings(t, c.text, analysis.View{})
			if len(got) != 1 || len(got[0].Fixes) == 0 {
				t.Fatalf("%d findings: %s", len(got), said(got))
			}
			if fix := got[0].Fixes[0]; fix.Title != c.title || fix.Applicability != c.risk {
				t.Errorf("%q, %s; want %q, %s", fix.Title, fix.Applicability, c.title, c.risk)
			}
		})
	}
}
