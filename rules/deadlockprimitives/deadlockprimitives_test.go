package deadlockprimitives_test

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/deadlockprimitives"
)

func TestWaits(t *testing.T) {
	texts := map[string]string{}
	for text, want := range map[string]string{
		"q = queue.Queue()\nq.get()":                                                       "said",
		"q = queue.Queue()\nq.get(False)":                                                  "",
		"q = queue.Queue()\nq.get(block=False)":                                            "",
		"q = queue.Queue()\nq.get(timeout=0)":                                              "",
		"q = queue.Queue()\nq.get(True, 0)":                                                "",
		"q = queue.Queue()\nq.get(True, 5)":                                                "said",
		"q = queue.Queue()\nq.get(timeout=None)":                                           "said",
		"lock = threading.Lock()\nlock.acquire()\nlock.acquire()":                          "said",
		"lock = threading.Lock()\nlock.acquire()\nlock.acquire(blocking=False)":            "",
		"lock = threading.Lock()\nlock.acquire()":                                          "",
		"s = threading.Semaphore(0)\ns.acquire()":                                          "said",
		"s = threading.Semaphore(1)\ns.acquire()":                                          "",
		"s = threading.Semaphore(n)\ns.acquire()":                                          "",
		"s = threading.Semaphore(value=0)\ns.acquire()":                                    "said",
		"b = threading.Barrier(2)\nb.wait()":                                               "said",
		"b = threading.Barrier(1)\nb.wait()":                                               "",
		"b = threading.Barrier(n)\nb.wait()":                                               "",
		"b = threading.Barrier(2, print)\nb.wait()":                                        "",
		"import sys\nif sys.platform != 'emscripten':\n    q = queue.Queue()\n    q.get()": "",
	} {
		texts["import queue, threading\n"+text] = want
	}
	analysistest.Said(t, deadlockprimitives.Rule, texts)
}
