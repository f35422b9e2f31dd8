package refcycle

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
)

// What decides how sure it is that an object and a proxy that it keeps stay for good.
func TestKept(t *testing.T) {
	const head = "from js import document\nfrom pyodide.ffi import create_proxy, destroy_proxies\n"
	tests := map[string]struct{ text, want string }{
		"many":                     {"class A:\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): pass\nA()\nA()\n", "warning"},
		"a public name":            {"class A:\n    def __init__(self): self.p = create_proxy(self.on)\n    def on(self, e): pass\nA()\nA()\n", "info"},
		"instances elsewhere":      {"class A:\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): pass\n", "info"},
		"one":                      {"class A:\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): pass\nA()\n", ""},
		"one in a function":        {"class A:\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): pass\ndef main(): A()\n", ""},
		"a lambda":                 {"class A:\n    def __init__(self): self._p = create_proxy(lambda e: self)\nA()\nA()\n", "warning"},
		"a decorator":              {"class A:\n    def __init__(self):\n        @create_proxy\n        def p(e): self.x\n        self._p = p\nA()\nA()\n", "warning"},
		"by a local name":          {"class A:\n    def __init__(self):\n        p = create_proxy(self.on)\n        self._p = p\n    def on(self, e): pass\nA()\nA()\n", "warning"},
		"in a list":                {"class A:\n    def __init__(self):\n        self._all = []\n        self._all.append(create_proxy(self.on))\n    def on(self, e): pass\nA()\nA()\n", "warning"},
		"another's method":         {"class A:\n    def __init__(self, o): self._p = create_proxy(o.on)\nA(1)\nA(2)\n", ""},
		"once-callables":           {"from pyodide.ffi import create_once_callable as once\nclass A:\n    def __init__(self): self._p = once(self.on)\n    def on(self): pass\nA()\nA()\n", ""},
		"returned":                 {"class A:\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): return self._p\nA()\nA()\n", ""},
		"handed on":                {"class A:\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): drop(self._p)\nA()\nA()\n", ""},
		"handed to JavaScript":     {"class A:\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): document.mine(self._p)\nA()\nA()\n", "warning"},
		"deleted":                  {"class A:\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): del self._p\nA()\nA()\n", ""},
		"let go":                   {"class A:\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): self._p = None\nA()\nA()\n", ""},
		"destroyed on one like it": {"class A:\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): pass\ndef close(a): a._p.destroy()\nA()\nA()\n", ""},
		"all of a list":            {"class A:\n    def __init__(self):\n        self._all = [create_proxy(self.on)]\n    def on(self, e): destroy_proxies(self._all)\nA()\nA()\n", ""},
		"by getattr":               {"class A:\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): getattr(self, '_p').destroy()\nA()\nA()\n", ""},
		"a base of another file":   {"from x import B\nclass A(B):\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): pass\nA()\nA()\n", ""},
		"a base of this file":      {"class B:\n    def off(self): self._p.destroy()\nclass A(B):\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): pass\nA()\nA()\n", ""},
		"no Pyodide":               {"import sys\nif sys.platform != 'emscripten':\n    class A:\n        def __init__(self): self._p = create_proxy(self.on)\n        def on(self, e): pass\n    A()\n    A()\n", ""},
		"a base of its own name":   {"class A(A):\n    def __init__(self): self._p = create_proxy(self.on)\n    def on(self, e): pass\nA()\nA()\n", ""},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, x := range analysistest.Findings(t, Rule, head+c.text, analysis.Setting{}, analysis.View{}) {
				got += x.Severity.String()
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
