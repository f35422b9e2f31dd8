package earlydestroy

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/realm"
)

const imports = `import asyncio
import js
from js import document
from pyodide.ffi import create_once_callable, create_proxy
b = document.createElement("b")
`

func found(t *testing.T, text string, view analysis.View) int {
	t.Helper()
	return len(analysistest.Findings(t, Rule, imports+text, analysis.Setting{}, view))
}

// Certain mistakes, for which a page needs no example of their own.
func TestFound(t *testing.T) {
	for name, text := range map[string]string{
		"in a loop":                 "for n in 'ab':\n    p = create_proxy(print)\n    b.addEventListener(n, p)\n    p.destroy()\n",
		"on every path":             "p = create_proxy(print)\nb.addEventListener('x', p)\nif b: p.destroy()\nelse: p.destroy()\n",
		"an interval":               "p = create_proxy(print)\njs.setInterval(p, 10)\np.destroy()\n",
		"a decorated function":      "@create_proxy\ndef p(e): pass\nb.addEventListener('x', p)\np.destroy()\n",
		"harmless calls between":    "p = create_proxy(print)\nb.addEventListener('x', p)\nprint(len('x'))\njs.console.log('x')\np.destroy()\n",
		"a global in a function":    "p = create_proxy(print)\ndef stop():\n    p.destroy()\n    p(1)\n",
		"once twice":                "p = create_once_callable(print)\np.destroy()\np.destroy()\n",
		"once called, then gone":    "p = create_once_callable(print)\np()\np.destroy()\n",
		"a timer without a delay":   "p = create_once_callable(print)\njs.setTimeout(p)\nawait asyncio.sleep(1)\np.destroy()\n",
		"a once-callable on a node": "p = create_once_callable(print)\nb.addEventListener('x', p)\np.destroy()\n",
	} {
		t.Run(name, func(t *testing.T) {
			if found(t, text, analysis.View{}) == 0 {
				t.Errorf("nothing is said of\n%s", text)
			}
		})
	}
}

// What may be right, in ways that no page needs an example for.
func TestSilent(t *testing.T) {
	const wrong = "p = create_proxy(print)\nb.addEventListener('x', p)\np.destroy()\n"
	for name, text := range map[string]string{
		"removed before":               "p = create_proxy(print)\nb.addEventListener('x', p)\nb.removeEventListener('x', p)\np.destroy()\n",
		"removed behind":               "p = create_proxy(print)\nb.addEventListener('x', p)\np.destroy()\nb.removeEventListener('x', p)\n",
		"another proxy by then":        "p = create_proxy(print)\nif b: p = create_proxy(len)\np.destroy()\np(1)\n",
		"made anew in between":         "class A:\n    def make(self): self.p = create_proxy(print)\n    def again(self):\n        self.p.destroy()\n        self.make()\n        b.addEventListener('x', self.p)\n",
		"made anew in each turn":       "while True:\n    p = create_proxy(print)\n    p(1)\n    p.destroy()\n",
		"a timer that takes longer":    "p = create_once_callable(print)\njs.setTimeout(p, 1000)\nawait asyncio.sleep(0.1)\np.destroy()\n",
		"a delay that is not known":    "p = create_once_callable(print)\njs.setTimeout(p, b)\nawait asyncio.sleep(1)\np.destroy()\n",
		"a timer that may be cleared":  "p = create_once_callable(print)\nt = js.setTimeout(p, 10)\nawait asyncio.sleep(1)\np.destroy()\n",
		"a callback that others call":  "def f(): p.destroy()\np = create_once_callable(f)\njs.setTimeout(p, 10)\nf()\n",
		"a call of one's own between":  "def wait(): pass\np = create_proxy(print)\nb.addEventListener('x', p)\nwait()\np.destroy()\n",
		"async with":                   "async def f(l):\n    p = create_proxy(print)\n    b.addEventListener('x', p)\n    async with l: pass\n    p.destroy()\n",
		"async for":                    "async def f(l):\n    p = create_proxy(print)\n    b.addEventListener('x', p)\n    async for e in l: pass\n    p.destroy()\n",
		"a generator":                  "def f():\n    p = create_proxy(print)\n    b.addEventListener('x', p)\n    yield\n    p.destroy()\n",
		"an early return":              "def f(x):\n    p = create_proxy(print)\n    b.addEventListener('x', p)\n    if x: return p\n    p.destroy()\n",
		"in the handler":               "def f(e): p.destroy()\np = create_proxy(f)\nb.addEventListener('x', p)\n",
		"called before the callback":   "js.Array.of(1).forEach(p := create_proxy(print))\np.destroy()\n",
		"a promise":                    "p = create_proxy(print)\njs.fetch('x').then(p)\np.destroy()\n",
		"no Pyodide":                   "import sys\nif sys.platform != 'emscripten':\n    p = create_proxy(print)\n    b.addEventListener('x', p)\n    p.destroy()\n",
		"another class's listener":     "class A:\n    def addEventListener(self, n, f): f(1)\na = A()\np = create_proxy(print)\na.addEventListener('x', p)\np.destroy()\n",
		"a destroy of something else":  "class H:\n    def destroy(self): pass\np = create_proxy(print)\nb.addEventListener('x', p)\nH().destroy()\n",
		"a method on another instance": "class A:\n    def __init__(self): self.p = create_proxy(print)\n    def f(self, other):\n        other.p.destroy()\n        self.p(1)\n",
	} {
		t.Run(name, func(t *testing.T) {
			if n := found(t, text, analysis.View{}); n > 0 {
				t.Errorf("%d findings in\n%s", n, text)
			}
		})
	}
	if found(t, wrong, analysis.View{}) != 1 {
		t.Error("nothing is said of what is wrong")
	}
	for name, view := range map[string]analysis.View{"automatic proxies": {Runtime: realm.Runtime{AutoProxies: true}}, "MicroPython": {MicroPython: true}} {
		if found(t, wrong, view) != 0 {
			t.Errorf("something is said with %s", name)
		}
	}
}
