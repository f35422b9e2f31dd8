package flow

import (
	"testing"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// What a method is of is known where the text tells how its object was made, and nowhere else.
func TestCalled(t *testing.T) {
	for text, want := range map[string]string{
		"import threading\nthreading.Thread.start()":                                                                  "threading.Thread.start",
		"import threading\nthreading.Thread().start()":                                                                "threading.Thread.start",
		"from threading import Thread as T\nt = T()\nt.start()":                                                       "threading.Thread.start",
		"from threading import Thread\nt = None\nt = Thread()\nt.start()":                                             "threading.Thread.start",
		"from threading import Thread\nt = Thread()\nt = other()\nt.start()":                                          "",
		"from threading import Thread\nt = Thread()\nt.start = print\nt.start()":                                      "",
		"from threading import Thread\nclass A(Thread): pass\nclass B(A): pass\nB().start()":                          "threading.Thread.start",
		"from threading import Thread\nclass A(Thread):\n    def start(self): pass\nclass B(A): pass\nB().start()":    "",
		"from threading import Thread\nclass A(Thread):\n    def f(self):\n        self.start()":                      "threading.Thread.start",
		"from threading import Thread\nclass A(Thread):\n    def start(self):\n        super().start()":               "threading.Thread.start",
		"from threading import Thread\nclass A:\n    def f(self):\n        self.t = Thread()\n        self.t.start()": "threading.Thread.start",
		"from concurrent.futures import ThreadPoolExecutor as E\nwith E() as e:\n    e.submit()":                      "concurrent.futures.ThreadPoolExecutor.submit",
		"from threading import Thread\nfor t in [Thread(), Thread()]:\n    t.start()":                                 "threading.Thread.start",
		"from threading import Thread\nfor t in [Thread(), other()]:\n    t.start()":                                  "",
		"from threading import Thread\nall = [Thread() for _ in 'ab']\nfor t in all:\n    t.start()":                  "threading.Thread.start",
		"from asyncio import get_running_loop\nloop = get_running_loop()\nloop.run_in_executor()":                     "asyncio.AbstractEventLoop.run_in_executor",
		"import multiprocessing as mp\nmp.get_context('spawn').Process().start()":                                     "multiprocessing.Process.start",
		"def f(t):\n    t.start()":                  "",
		"class A(unknown()): pass\nA().start()":     "",
		"from js import document\ndocument.start()": "js.document.start",
	} {
		tree, err := syntax.Parse(text + "\n")
		if err != nil {
			t.Fatal(err)
		}
		f := New(scope.New(tree), nil)
		var got string
		for _, c := range f.Calls() {
			if c.Method == "start" || c.Method == "submit" || c.Method == "run_in_executor" {
				got = f.Called(c)
				break
			}
		}
		if got != want {
			t.Errorf("%q calls %q, want %q", text, got, want)
		}
	}
}
