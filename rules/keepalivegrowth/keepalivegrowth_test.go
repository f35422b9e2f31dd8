package keepalivegrowth

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/realm"
)

const imports = `import js
from js import document
from pyodide.ffi import create_once_callable, create_proxy
kept = []
`

func found(t *testing.T, text string, view analysis.View) int {
	t.Helper()
	return len(analysistest.Findings(t, Rule, text, analysis.Setting{}, view))
}

func TestFound(t *testing.T) {
	for name, text := range map[string]string{
		"a frame":            "def frame(now):\n    p = create_proxy(frame)\n    kept.append(p)\n    js.requestAnimationFrame(p)\njs.requestAnimationFrame(create_once_callable(frame))\n",
		"a tick":             "def tick():\n    kept.append(create_proxy(print))\njs.setInterval(create_proxy(tick), 10)\n",
		"a loop without end": "while True:\n    kept.append(create_proxy(print))\n",
		"+=":                 "def on(e):\n    global kept\n    kept += [create_proxy(print)]\ndocument.onclick = on\n",
		"extend":             "def on(e):\n    kept.extend([create_proxy(print)])\ndocument.onclick = on\n",
		"a lambda":           "document.onclick = lambda e: kept.append(create_proxy(print))\n",
	} {
		t.Run(name, func(t *testing.T) {
			if found(t, imports+text, analysis.View{}) != 1 {
				t.Errorf("nothing is said of\n%s", text)
			}
		})
	}
}

func TestSilent(t *testing.T) {
	const wrong = imports + "def on(e):\n    kept.append(create_proxy(print))\ndocument.onclick = on\n"
	for name, text := range map[string]string{
		"once-callables":          "def on(e):\n    kept.append(create_once_callable(print))\ndocument.onclick = on\n",
		"cleared":                 "def on(e):\n    kept.append(create_proxy(print))\ndocument.onclick = on\ndef off(): kept.clear()\n",
		"another list":            "def on(e):\n    kept.append(create_proxy(print))\ndocument.onclick = on\ndef off():\n    global kept\n    kept = []\n",
		"handed on":               "def on(e):\n    kept.append(create_proxy(print))\ndocument.onclick = on\ndef off(): drop(kept)\n",
		"the proxy is handed on":  "def on(e):\n    p = create_proxy(print)\n    kept.append(p)\n    drop(p)\ndocument.onclick = on\n",
		"made once, kept often":   "p = create_proxy(print)\ndef on(e):\n    kept.append(p)\ndocument.onclick = on\n",
		"a list of the call":      "def on(e):\n    here = []\n    here.append(create_proxy(print))\ndocument.onclick = on\n",
		"a list of the object":    "class A:\n    def __init__(self):\n        self.kept = []\n        document.onclick = self.on\n    def on(self, e): self.kept.append(create_proxy(print))\nA()\n",
		"set-up":                  "def on(e):\n    kept.append(create_proxy(print))\non(1)\non(2)\n",
		"nobody knows":            "def on(e):\n    kept.append(create_proxy(print))\n",
		"no Pyodide":              "import sys\nif sys.platform != 'emscripten':\n    def on(e):\n        kept.append(create_proxy(print))\n    document.onclick = on\n",
		"a name that looks alike": "def keep_alive(p): p.seen = True\ndef on(e):\n    keep_alive(create_proxy(print))\ndocument.onclick = on\n",
	} {
		t.Run(name, func(t *testing.T) {
			if n := found(t, imports+text, analysis.View{}); n > 0 {
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

// A keep_alive of a neighbouring file is known by its import.
func TestOfTheProject(t *testing.T) {
	const text = imports + "from app.keep import keep_alive\ndef on(e):\n    js.setTimeout(keep_alive(create_proxy(print)), 1)\ndocument.onclick = on\n"
	keep := analysis.View{KeepAlive: []analysis.KeepAlive{{Name: "keep_alive", Returns: true, Path: "app/keep.py"}}}
	if n := found(t, text, keep); n != 1 {
		t.Errorf("%d findings", n)
	}
	other := analysis.View{KeepAlive: []analysis.KeepAlive{{Name: "keep_alive", Returns: true, Path: "lib/other.py"}}}
	if n := found(t, text, other); n != 0 {
		t.Errorf("%d findings with a function of another file", n)
	}
}
