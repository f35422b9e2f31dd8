package loopforever

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
)

const setup = `import asyncio
import math
import js
from js import document, setTimeout
from config import step, settings
on = True
off = False
`

func findings(t *testing.T, text string) []analysis.Finding {
	t.Helper()
	return analysistest.Findings(t, Rule, setup+text+"\n", analysis.Setting{}, analysis.View{})
}

func TestSaid(t *testing.T) {
	for text, said := range map[string]bool{
		"while True: pass":                                                             true,
		"while 1: pass":                                                                true,
		"while (not off): pass":                                                        true,
		"while on and not off: print(math.pi)":                                         true,
		"while on: document.title = str(len(''))":                                      true,
		"while True:\n    for i in range(3):\n        break":                           true,
		"def f():\n    while True: pass":                                               true,
		"async def f():\n    while True: pass":                                         true,
		"def draw():\n    return 1\nwhile True: draw()":                                true,
		"async def draw():\n    await x\nwhile True: draw()":                           true, // nobody awaits that
		"while True:\n    def f():\n        return 1":                                  true,
		"f = asyncio.Future()\nwhile not f.done(): pass":                               true,
		"l = asyncio.get_event_loop()\nf = l.create_task(x)\nwhile not f.done(): pass": true,
		"class A:\n    def __init__(self):\n        self.on = True\n    def f(self):\n        while self.on: pass": true,

		"while 0: pass":                                                    false,
		"while off == on: pass":                                            false,
		"while x: pass":                                                    false,
		"while settings: pass":                                             false,
		"while settings.on: pass":                                          false,
		"while True: step()":                                               false,
		"while True: js.step()":                                            false,
		"while True: js.eval('')":                                          false,
		"while True: js.Atomics.wait(a, 0, 0)":                             false,
		"while True: setTimeout(step(), 1)":                                false,
		"while True: int(on)":                                              false,
		"while True: a[0]":                                                 false,
		"while True:\n    break":                                           false,
		"while True:\n    if on:\n        break":                           false,
		"while True:\n    raise ValueError":                                false,
		"while True:\n    assert on":                                       false,
		"while True:\n    await step":                                      false,
		"while True:\n    async for i in a: pass":                          false,
		"while True:\n    with a: pass":                                    false,
		"while True: pass\nelse: pass":                                     false,
		"with a:\n    while True: pass":                                    false,
		"try:\n    while True: pass\nexcept ValueError: pass":              false,
		"def f():\n    while True:\n        return":                        false,
		"def f():\n    while True:\n        yield":                         false,
		"while on: on = False":                                             false,
		"while on: on -= 1":                                                false,
		"def f():\n    global on\n    on = False\nwhile on: f()":           false,
		"def f():\n    raise ValueError\nwhile True: f()":                  false,
		"def f():\n    f()\nwhile True: f()":                               false,
		"def f(on):\n    while on: pass":                                   false,
		"f = asyncio.Future()\nwhile not f.done(): f.set_result(1)":        false,
		"f = step()\nwhile not f.done(): pass":                             false,
		"import sys\nif sys.platform != 'emscripten':\n    while on: pass": false,
		"class A(B):\n    def __init__(self):\n        self.on = True\n    def f(self):\n        while self.on: pass":           false,
		"class A:\n    on = step\n    def f(self):\n        self.on = True\n        while self.on: pass":                        false,
		"class A:\n    def __getattr__(self, n): pass\n    def f(self):\n        self.on = True\n        while self.on: pass":   false,
		"class A:\n    def f(self):\n        self.on = True\n        while self.on: self.g()\n    def g(self): self.on = False": false,
	} {
		if got := findings(t, text); len(got) > 1 || (len(got) == 1) != said {
			t.Errorf("%s\n  has %d findings", text, len(got))
		}
	}
}

func TestFixes(t *testing.T) {
	for text, want := range map[string]string{
		"while True: pass":                                            "while True: await asyncio.sleep(1 / 60)",
		"while True: ...":                                             "while True: await asyncio.sleep(1 / 60)",
		"while True: print(1)":                                        "while True: print(1); await asyncio.sleep(1 / 60)",
		"while True:\n    print(1)":                                   "while True:\n    print(1)\n    await asyncio.sleep(1 / 60)",
		"while True:\n    if on:\n        print(1)":                   "while True:\n    if on:\n        print(1)\n    await asyncio.sleep(1 / 60)",
		"while True:\n    if on:\n        continue":                   "none",
		"async def f():\n    while on: pass":                          "async def f():\n    while on: await asyncio.sleep(1 / 60)",
		"def f():\n    while on: pass":                                "async def f():\n    while on: await asyncio.sleep(1 / 60)",
		"def f():\n    while on: pass\nf()":                           "none",
		"class A:\n    while True: pass":                              "none",
		"class A:\n    def __init__(self):\n        while True: pass": "none",
	} {
		found := findings(t, text)
		if len(found) != 1 {
			t.Errorf("%s\n  has %d findings", text, len(found))
			continue
		}
		got := "none"
		if len(found[0].Fixes) > 0 {
			fixed, _ := analysis.Fixed(setup+text+"\n", found, analysis.Shown)
			got = strings.TrimSpace(strings.TrimPrefix(fixed, setup))
			if found[0].Fixes[0].Applicability != analysis.Unsafe {
				t.Errorf("%s\n  is fixed as %s", text, found[0].Fixes[0].Applicability)
			}
		}
		if got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}
