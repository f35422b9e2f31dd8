package rules_test

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
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

// In PyScript a decorator adds the listener.
func TestFixesWithWhen(t *testing.T) {
	const head = "from pyscript import document\nfrom pyscript.ffi import create_proxy\n"
	const add = "document.getElementById('a-b').addEventListener('click', create_proxy(on))\n"
	for name, c := range map[string]struct{ text, want string }{
		"a function": {
			head + "def on(e): pass\n" + add + "print(1)\n",
			"from pyscript import document, when\nfrom pyscript.ffi import create_proxy\n@when('click', \"#a-b\")\ndef on(e): pass\nprint(1)\n",
		},
		"by a name": {
			head + "b = document.getElementById('b')\ndef on(e): pass\nb.addEventListener('click', create_proxy(on))\n",
			"from pyscript import document, when\nfrom pyscript.ffi import create_proxy\nb = document.getElementById('b')\n@when('click', \"#b\")\ndef on(e): pass\n",
		},
		"it is used elsewhere": {head + "def on(e): pass\n" + add + "on(1)\n", ""},
		"it stands below":      {head + "def f(): pass\n" + strings.ReplaceAll(add, "(on)", "(lambda e: f())"), ""},
		"with options":         {head + "def on(e): pass\n" + strings.ReplaceAll(add, "(on))", "(on), True)"), ""},
		"in a function":        {head + "def on(e): pass\ndef f():\n    " + add + "f()\n", ""},
		"no PyScript":          {imports + "def on(e): pass\n" + add, ""},
		"a selector":           {head + "def on(e): pass\n" + strings.ReplaceAll(add, "getElementById", "querySelector"), ""},
		"decorated already":    {head + "@print\ndef on(e): pass\n" + add, ""},
		"two on a line":        {head + "def on(e): pass\n" + strings.TrimSpace(add) + "; print(1)\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := findings(t, c.text, analysis.View{})
			if len(got) != 1 {
				t.Fatalf("%d findings: %s", len(got), said(got))
			}
			const title = "Let PyScript's @when add it"
			if c.want == "" {
				if len(got[0].Fixes) > 0 && got[0].Fixes[0].Title == title {
					t.Error("@when is offered")
				}
				return
			}
			if len(got[0].Fixes) == 0 || got[0].Fixes[0].Title != title {
				t.Fatalf("%d fixes", len(got[0].Fixes))
			}
			if text, err := source.Apply(c.text, got[0].Fixes[0].Edits); err != nil || text != c.want {
				t.Errorf("%v, got\n%s", err, text)
			}
		})
	}
}
