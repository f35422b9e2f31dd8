package pyodide

// Threads are the calls that start a thread. Everything else in threading works: locks that nobody else holds, local,
// current_thread, the run of a Thread that is called like any other method.
// Sources: https://pyodide.org/en/stable/usage/wasm-constraints.html, and each supported version in Chromium.
var Threads = lacking(
	lacks{`threading.Thread.start threading.Timer.start _thread.start_new_thread _thread.start_new multiprocessing.dummy.Process.start
		multiprocessing.dummy.DummyProcess.start`, Lack{
		Why: `raises "can't start new thread"`, Raises: []string{"RuntimeError"},
		Source: "https://pyodide.org/en/stable/usage/wasm-constraints.html",
	}},
	lacks{`concurrent.futures.ThreadPoolExecutor.submit concurrent.futures.ThreadPoolExecutor.map
		concurrent.futures.thread.ThreadPoolExecutor.submit concurrent.futures.thread.ThreadPoolExecutor.map`, Lack{
		Why: `starts a thread, and that raises "can't start new thread"`, Raises: []string{"RuntimeError"},
		Source: "https://pyodide.org/en/stable/usage/wasm-constraints.html",
	}},
	lacks{`multiprocessing.pool.ThreadPool multiprocessing.dummy.Pool`, Lack{
		Why: "raises ModuleNotFoundError, for there is no _multiprocessing to share its results with", Raises: []string{"ImportError", "ModuleNotFoundError"},
		Source: "https://pyodide.org/en/stable/usage/wasm-constraints.html",
	}},
)
