package spinwait

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
)

const setup = `import asyncio
import js
memory = js.SharedArrayBuffer.new(16)
cells = js.Int32Array.new(memory)
bytes = js.Uint8Array.new(memory)
own = js.Int32Array.new(4)
`

func findings(t *testing.T, text string, realm pyodide.Realms) []analysis.Finding {
	t.Helper()
	return analysistest.Findings(t, Rule, text, analysis.Setting{Realm: realm}, analysis.View{})
}

func TestWhatSpins(t *testing.T) {
	for text, want := range map[string]bool{
		"while cells[0] == 0: pass":                                                  true,
		"while cells[0] == 0 and cells[1] < 5:\n    continue":                        true,
		"while not (cells[0] & 1):\n    ...":                                         true,
		"state = 0\nwhile state == 0:\n    state = cells[0]":                         true,
		"while 1:\n    if cells[0] > 1:\n        break":                              true,
		"while js.Atomics.load(anything, 0) == 0: pass":                              true,
		"while js.Atomics.load() == 0: pass":                                         false,
		"while own[0] == 0: pass":                                                    false,
		"while True: pass":                                                           false,
		"while True:\n    x = cells[0]":                                              false,
		"while other:\n    x = cells[0]":                                             false,
		"while cells[0:1] == x: pass":                                                false,
		"n = 0\nwhile cells[0] == 0 and n < 9:\n    n += 1":                          false,
		"while cells[0] == 0:\n    n += 1\n    if n > 9:\n        break":             false,
		"while cells[0] == 0:\n    if stop:\n        break":                          false,
		"while cells[0] == 0:\n    x = other":                                        false,
		"while cells[0] == 0:\n    cells[1] += 1":                                    false,
		"while cells[0] == 0:\n    cells[1] = cells[2]":                              false,
		"while (x := next(y)) == cells[0]: pass":                                     false,
		"while (x := y) == cells[0]: pass":                                           false,
		"while cells[0] == 0:\n    print()":                                          false,
		"while cells[0] == 0:\n    js.Atomics.wait(cells, 0, 0, 1)":                  false,
		"async def f():\n    while cells[0] == 0:\n        await g":                  false,
		"def f():\n    while cells[0] == 0:\n        yield":                          false,
		"import sys\nif sys.platform != 'emscripten':\n    while not cells[0]: pass": false,
	} {
		if got := len(findings(t, setup+text+"\n", 0)) > 0; got != want {
			t.Errorf("%s\nspins: %v, want %v", text, got, want)
		}
	}
}

func TestFixes(t *testing.T) {
	for _, test := range []struct {
		realm      pyodide.Realms
		text, want string
	}{
		{pyodide.Worker, "while cells[0] == x: pass", "safe while cells[0] == x: js.Atomics.wait(cells, 0, x, 10)"},
		{pyodide.Worker, "while not cells[i]: pass", "safe while not cells[i]: js.Atomics.wait(cells, i, 0, 10)"},
		{pyodide.Worker, "while cells[0] != 1: pass", "safe while cells[0] != 1: js.Atomics.wait(cells, 0, cells[0], 10)"},
		{pyodide.Worker, "while 0 == cells[0]: pass", "safe while 0 == cells[0]: js.Atomics.wait(cells, 0, cells[0], 10)"},
		{pyodide.Worker, "while js.Atomics.load(cells, 0) == 0: pass", "safe while js.Atomics.load(cells, 0) == 0: js.Atomics.wait(cells, 0, 0, 10)"},
		{pyodide.Worker, "while not cells[0]: n += 1", "safe while not cells[0]: js.Atomics.wait(cells, 0, 0, 10); n += 1"},
		{pyodide.Worker, "while not cells[-1]: pass", "unsafe while not cells[-1]: await asyncio.sleep(0.01)"},
		{pyodide.Worker, "while not bytes[0]: pass", "unsafe while not bytes[0]: await asyncio.sleep(0.01)"},
		{pyodide.Worker, "async def f():\n    while not cells[0]: pass", "safe async def f():\n    while not cells[0]: await asyncio.sleep(0.01)"},
		{pyodide.Main, "while not cells[0]:\n    # soon\n    pass", "unsafe while not cells[0]:\n    # soon\n    await asyncio.sleep(0.01)"},
		{pyodide.Main, "def f():\n    while not cells[0]: pass", "unsafe async def f():\n    while not cells[0]: await asyncio.sleep(0.01)"},
		{pyodide.Main, "class A:\n    def __init__(self):\n        while not cells[0]: pass", "none"},
	} {
		t.Run(test.text, func(t *testing.T) {
			found := findings(t, setup+test.text+"\n", test.realm)
			if len(found) != 1 {
				t.Fatalf("%d findings", len(found))
			}
			got := "none"
			if len(found[0].Fixes) > 0 {
				fixed, _ := analysis.Fixed(setup+test.text+"\n", found, analysis.Shown)
				got = found[0].Fixes[0].Applicability.String() + " " + strings.TrimSpace(strings.TrimPrefix(fixed, setup))
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
