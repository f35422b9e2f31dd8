package syncinasync_test

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/rules/syncinasync"
)

// What holds up a worker matters where it has something else to do.
func TestShares(t *testing.T) {
	const wait = "async def f():\n    time.sleep(1)\n"
	for text, want := range map[string]int{
		wait:                           0,
		wait + "js.self.onmessage = f": 1,
		wait + "js.self.addEventListener('message', f)":                1,
		wait + "js.self.addEventListener('error', f)":                  0,
		wait + "asyncio.create_task(f())":                              1,
		wait + "async def g(group):\n    group.create_task(f())":       1,
		"async def f():\n    time.sleep(0.001)\njs.self.onmessage = f": 0,
		"def f():\n    time.sleep(1)\njs.self.onmessage = f":           0,
	} {
		if got := said(t, text, pyodide.Worker); got != want {
			t.Errorf("%s\n  %d findings, want %d", text, got, want)
		}
	}
	if got := said(t, wait+"js.self.onmessage = f", pyodide.Main); got != 0 {
		t.Errorf("on the main thread it is block-main that speaks: %d findings", got)
	}
}

func TestInVain(t *testing.T) {
	for call, want := range map[string]int{
		"threading.Event().wait(1)":                 1,
		"threading.Event().wait(timeout=2.5)":       1,
		"threading.Event().wait()":                  0,
		"threading.Event().wait(0)":                 0,
		"threading.Event().wait(None)":              0,
		"threading.Event().wait(timeout=0.0)":       0,
		"threading.Event().wait(*a)":                0,
		"queue.Queue().get(True, 1)":                1,
		"queue.Queue().get(block=True, timeout=1)":  1,
		"queue.Queue().get(block=False, timeout=1)": 0,
		"queue.Queue().get(False, 1)":               0,
		"queue.Queue().get(timeout=1)":              1,
		"threading.Lock().acquire(timeout=1)":       0,
		"threading.Barrier(2).wait(1)":              0,
		"other.wait(1)":                             0,
	} {
		text := "async def f():\n    " + call
		if got := said(t, text, pyodide.Main); got != want {
			t.Errorf("%s\n  %d findings, want %d", call, got, want)
		}
	}
}

func said(t *testing.T, text string, realm pyodide.Realms) int {
	t.Helper()
	return len(analysistest.Findings(t, syncinasync.Rule, "import asyncio, js, queue, threading, time\n"+text+"\n", analysis.Setting{Realm: realm}, analysis.View{}))
}
