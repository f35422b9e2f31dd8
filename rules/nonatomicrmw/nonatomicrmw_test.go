package nonatomicrmw

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
)

const setup = `import js
from pyodide.ffi import to_js
memory = js.SharedArrayBuffer.new(16)
cells = js.Int32Array.new(memory)
worker = js.Worker.new("w.js")
`

func findings(t *testing.T, text string, realm pyodide.Realms) []analysis.Finding {
	t.Helper()
	return analysistest.Findings(t, Rule, text, analysis.Setting{Realm: realm}, analysis.View{})
}

// held holds the findings of a text to the severities that its lines name in comments, "#! info".
func held(t *testing.T, text string, realm pyodide.Realms) {
	t.Helper()
	found := findings(t, text, realm)
	file := source.New("", text)
	said := map[int]string{}
	for _, f := range found {
		said[file.LineOf(f.Span.Start)] += f.Severity.String()
	}
	for i, line := range strings.Split(text, "\n") {
		_, want, _ := strings.Cut(line, "#! ")
		if said[i] != want {
			t.Errorf("%s\n  says %q", line, said[i])
		}
	}
}

func TestWhoHasTheMemory(t *testing.T) {
	for name, text := range map[string]string{
		"the buffer":           "worker.postMessage(memory)\ncells[0] += 1  #! info\n",
		"an array on it":       "worker.postMessage(cells)\ncells[0] += 1  #! info\n",
		"another array on it":  "worker.postMessage(js.Uint8Array.new(memory))\ncells[0] += 1  #! info\n",
		"its buffer":           "worker.postMessage(cells.buffer)\ncells[0] += 1  #! info\n",
		"a part":               "part = cells.subarray(1, 2)\nworker.postMessage(memory)\npart[0] += 1  #! info\n",
		"a part is posted":     "worker.postMessage(cells.subarray(1))\ncells[0] += 1  #! info\n",
		"in a list":            "worker.postMessage(to_js([1, cells]))\ncells[0] += 1  #! info\n",
		"in a dict":            "worker.postMessage(to_js({'m': memory}, dict_converter=js.Object.fromEntries))\ncells[0] += 1  #! info\n",
		"in a named message":   "message = to_js({'m': {'n': memory}})\nworker.postMessage(message)\ncells[0] += 1  #! info\n",
		"in keywords":          "worker.postMessage(kind='start', memory=memory)\ncells[0] += 1  #! info\n",
		"in an object":         "worker.postMessage(js.Object.new(memory=memory))\ncells[0] += 1  #! info\n",
		"an item":              "worker.postMessage(cells[0])\ncells[0] += 1\n",
		"its length":           "worker.postMessage(cells.length)\ncells[0] += 1\n",
		"its size":             "worker.postMessage(to_js([len(cells), cells.byteLength]))\ncells[0] += 1\n",
		"a copy":               "worker.postMessage(js.Int32Array.new(cells))\ncells[0] += 1\n",
		"a slice":              "worker.postMessage(cells.slice())\ncells[0] += 1\n",
		"its text":             "worker.postMessage(str(cells))\ncells[0] += 1\n",
		"other memory":         "other = js.SharedArrayBuffer.new(8)\nworker.postMessage(other)\ncells[0] += 1\n",
		"a copy is written":    "own = js.Int32Array.new(cells)\nworker.postMessage(memory)\nown[0] += 1\n",
		"to the page itself":   "js.postMessage(memory)\ncells[0] += 1\n",
		"to nobody":            "class Log:\n    def postMessage(self, m): pass\nLog().postMessage(memory)\ncells[0] += 1\n",
		"nothing is said":      "worker.postMessage()\ncells[0] += 1\n",
		"memory of another":    "def f(given):\n    view = js.Int32Array.new(given)\n    worker.postMessage(given)\n    view[0] += 1\n",
		"floats":               "levels = js.Float32Array.new(memory)\nworker.postMessage(memory)\nlevels[0] += 1\n",
		"one of two":           "if js.x:\n    memory = js.SharedArrayBuffer.new(8)\nworker.postMessage(memory)\ncells[0] += 1\n",
		"made later":           "late = None\ndef start():\n    global late\n    late = js.Int32Array.new(memory)\n    worker.postMessage(late)\ndef tick():\n    late[0] += 1  #! info\n",
		"WebAssembly":          "wasm = js.WebAssembly.Memory.new(initial=1, maximum=1, shared=True)\nview = js.Uint8Array.new(wasm.buffer)\nworker.postMessage(wasm)\nview[0] += 1  #! info\n",
		"WebAssembly, a dict":  "wasm = js.WebAssembly.Memory.new(to_js({'initial': 1, 'shared': True}))\nview = js.Uint8Array.new(wasm.buffer)\nworker.postMessage(wasm.buffer)\nview[0] += 1  #! info\n",
		"WebAssembly, its own": "wasm = js.WebAssembly.Memory.new(initial=1)\nview = js.Uint8Array.new(wasm.buffer)\nworker.postMessage(wasm.buffer)\nview[0] += 1\n",
	} {
		t.Run(name, func(t *testing.T) { held(t, setup+text, 0) })
	}
	t.Run("from a worker", func(t *testing.T) { held(t, setup+"js.postMessage(memory)\ncells[0] += 1  #! info\n", pyodide.Worker) })
}

func TestWhen(t *testing.T) {
	for name, text := range map[string]string{
		"before":               "cells[0] |= 1\nworker.postMessage(memory)\n",
		"a loop before":        "for i in range(4):\n    cells[i] += i\nfor w in [worker]:\n    w.postMessage(memory)\n",
		"the same loop":        "for i in range(4):\n    cells[i] += i  #! info\n    worker.postMessage(memory)\n",
		"before, then started": "cells[0] += 1\ndef start():\n    worker.postMessage(memory)\nstart()\ncells[1] += 1  #! info\n",
		"nobody starts it":     "def start():\n    worker.postMessage(memory)\ncells[0] += 1\n",
		"a helper before":      "def prepare():\n    cells[0] += 1\ndef run():\n    prepare()\n    worker.postMessage(memory)\n",
		"a helper after":       "def work():\n    cells[0] += 1  #! info\ndef run():\n    worker.postMessage(memory)\n    work()\n",
		"a handler":            "def on(event):\n    cells[0] += 1  #! info\nworker.onmessage = on\nworker.postMessage(memory)\n",
		"for others to call":   "def tick():\n    cells[0] += 1  #! info\nworker.postMessage(memory)\n",
		"the other branch":     "if js.x:\n    worker.postMessage(memory)\nelse:\n    cells[0] += 1\n",
		"another elif":         "if js.x:\n    worker.postMessage(memory)\nelif js.y:\n    cells[0] += 1\ncells[1] += 1  #! info\n",
		"within a branch":      "if js.x:\n    worker.postMessage(memory)\n    cells[0] += 1  #! info\n",
		"another case":         "match js.x:\n    case 1:\n        worker.postMessage(memory)\n    case 2:\n        cells[0] += 1\n",
		"recursion":            "def again():\n    cells[0] += 1  #! info\n    again()\nworker.postMessage(memory)\nagain()\n",
		"recursion before":     "def again():\n    cells[0] += 1\n    again()\nagain()\nworker.postMessage(memory)\n",
		"by a constructor": "class A:\n    def __init__(self):\n        self.v = js.Int32Array.new(js.SharedArrayBuffer.new(8))\n        self.v[0] += 1\n" +
			"    def start(self):\n        worker.postMessage(self.v)\n    def step(self):\n        self.v[0] += 1  #! info\n",
		"two classes": "class A:\n    def __init__(self):\n        self.v = js.Int32Array.new(js.SharedArrayBuffer.new(8))\n        worker.postMessage(self.v)\n" +
			"    def step(self):\n        self.v[0] += 1  #! info\nclass B:\n    def __init__(self):\n        self.v = js.Int32Array.new(8)\n    def step(self):\n        self.v[0] += 1\n",
	} {
		t.Run(name, func(t *testing.T) { held(t, setup+text, 0) })
	}
}

func TestWhatIsTwoSteps(t *testing.T) {
	for name, text := range map[string]string{
		"plain writes":      "cells[0] = 1\ncells[1] = cells[0]\ncells[2] = cells[0] + 1\n",
		"of itself":         "cells[0] = cells[0] * 2  #! info\ncells[0] = 1 | cells[0]  #! info\ncells[0] = 1 - cells[0]\n",
		"another item":      "i = 0\ncells[i()] = cells[i()] + 1\ncells[next(i)] += 1  #! info\n",
		"a lock":            "if cells[0] == 0:  #! warning\n    cells[0] = 1\n",
		"a lock, elif":      "if js.x:\n    pass\nelif cells[0] == 0:  #! warning\n    cells[0] = 1\n",
		"a turn":            "if cells[0] == 1:  #! info\n    cells[0] = 2\n",
		"a signal is heard": "if cells[0] == 1:\n    cells[0] = 0\n",
		"another's write":   "if cells[0] == 0:\n    cells[1] = 1\n",
		"not at once":       "if cells[0] == 0:\n    print()\n    cells[0] = 1\n",
		"a range":           "if cells[0] < 1:\n    cells[0] = 1\nif cells[0] == 0 == js.x:\n    cells[0] = 1\n",
		"a call as index":   "if cells[js.i()] == 0:\n    cells[js.i()] = 1\n",
		"a slice":           "cells[0:1] += [1]\n",
		"on the host":       "import sys\nif sys.platform != 'emscripten':\n    cells[0] += 1\n",
	} {
		t.Run(name, func(t *testing.T) { held(t, setup+"worker.postMessage(memory)\n"+text, 0) })
	}
}

func TestFixes(t *testing.T) {
	for text, want := range map[string]string{
		"cells[0] += 1":                                        "safe js.Atomics.add(cells, 0, 1)",
		"cells[i] -= a - b":                                    "safe js.Atomics.sub(cells, i, a - b)",
		"cells[next(i)] |= 1":                                  "safe js.Atomics.or_(cells, next(i), 1)",
		"cells[0] &= ~1":                                       "safe js.Atomics.and_(cells, 0, ~1)",
		"cells[0] = cells[0] ^ x":                              "safe js.Atomics.xor(cells, 0, x)",
		"cells[0] = 2 + cells[0]":                              "safe js.Atomics.add(cells, 0, 2)",
		"cells[0] += x.y if z else 1":                          "safe js.Atomics.add(cells, 0, x.y if z else 1)",
		"cells[0] += n / 2":                                    "unsafe js.Atomics.add(cells, 0, n / 2)",
		"cells[0] += 1.5":                                      "unsafe js.Atomics.add(cells, 0, 1.5)",
		"cells[0] *= 2":                                        "none",
		"cells[-1] += 1":                                       "none",
		"cells[0] += cells[0]":                                 "none",
		"x = cells[0] = cells[0] + 1":                          "none",
		"def f():\n    cells[0] += yield":                      "none",
		"if cells[0] == 0:\n    cells[0] = 1\n    go()":        "unsafe if js.Atomics.compareExchange(cells, 0, 0, 1) == 0:\n    go()",
		"if cells[0] == 0: cells[0] = 1; go()":                 "unsafe if js.Atomics.compareExchange(cells, 0, 0, 1) == 0: go()",
		"if cells[0] == 0:\n    cells[0] = 1\nelse:\n    go()": "unsafe if js.Atomics.compareExchange(cells, 0, 0, 1) == 0:\n    pass\nelse:\n    go()",
		"if cells[0] == 0:\n    cells[0] = mine = 1":           "none",
		"if cells[-1] == 0:\n    cells[-1] = 1":                "none",
	} {
		t.Run(text, func(t *testing.T) {
			before := setup + "worker.postMessage(memory)\n"
			found := findings(t, before+text+"\n", 0)
			if len(found) != 1 {
				t.Fatalf("%d findings", len(found))
			}
			got := "none"
			if len(found[0].Fixes) > 0 {
				fixed, _ := analysis.Fixed(before+text+"\n", found, analysis.Shown)
				got = found[0].Fixes[0].Applicability.String() + " " + strings.TrimSpace(strings.TrimPrefix(fixed, before))
			}
			if got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}
