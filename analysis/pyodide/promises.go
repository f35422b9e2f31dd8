package pyodide

import "strings"

// Combinators are the functions that wait for several promises, by path.
// Source: https://tc39.es/ecma262/#sec-properties-of-the-promise-constructor
var Combinators = map[string]bool{
	"js.Promise.all": true, "js.Promise.race": true, "js.Promise.any": true, "js.Promise.allSettled": true,
}

// Chaining are the methods of a promise that give another one of the same kind: a promise of JavaScript's, or a future of
// Python's. Other calls that give a promise give Python a PyodideFuture, for it is then that Pyodide takes back what it
// lent for the call.
// Sources: JsProxy_then and JsMethod_Construct in pyodide/src/core/jsproxy.c, PyodideFuture in pyodide/src/py/pyodide/webloop.py
var Chaining = map[string]bool{"then": true, "catch": true, "finally_": true}

// GivesFuture says whether a call of the JavaScript function on a path may give a future of Python's: what it gives is
// promised, or nothing is known of it.
func GivesFuture(path string) bool {
	m, known := MemberAt(path)
	return m.Promise || !known && !strings.HasSuffix(path, ".new")
}

// Awaitables are the functions of Python that give what can be awaited, by canonical name.
// Sources: https://docs.python.org/3/library/asyncio-task.html, https://pyodide.org/en/stable/usage/api/python-api/http.html
var Awaitables = map[string]bool{
	"asyncio.create_task": true, "asyncio.ensure_future": true, "asyncio.sleep": true, "asyncio.gather": true,
	"asyncio.wait_for": true, "asyncio.to_thread": true, "asyncio.shield": true,
	"pyodide.http.pyfetch": true, "pyodide.code.eval_code_async": true, "pyscript.fetch": true,
}
