package pyodide

import "strings"

// Offloaders are the calls that are to run a function in another thread, by canonical name, and the position of that
// function. Pyodide's event loop calls it in place, before the call returns.
// Source: run_in_executor in https://github.com/pyodide/pyodide/blob/main/src/py/pyodide/webloop.py
var Offloaders = map[string]int{"asyncio.to_thread": 0, "asyncio.AbstractEventLoop.run_in_executor": 1}

// Offloader is the method among Offloaders. Nothing else than an event loop has one of that name.
const Offloader = "run_in_executor"

// makers are the functions that give an object of a class, and the class.
var makers = map[string]string{
	"asyncio.get_event_loop": eventLoop, "asyncio.get_running_loop": eventLoop, "asyncio.new_event_loop": eventLoop,
	"pyodide.webloop.WebLoop":          eventLoop,
	"asyncio.run_coroutine_threadsafe": "concurrent.futures.Future",
	"multiprocessing.get_context":      "multiprocessing", // which has what the module has
	FetchResponse + ".clone":           FetchResponse,
}

const eventLoop = "asyncio.AbstractEventLoop"

// MadeBy is the class of what a call gives, by the canonical name of what is called: a class gives an object of its own.
func MadeBy(call string) string {
	if class, ok := makers[call]; ok {
		return class
	}
	return call
}

// quick are the built-in functions that are done at once, whatever they are given.
var quick = words(`print len str int repr getattr hasattr isinstance id bool float setattr dir`)

// Quick says whether a call is done at once.
func Quick(call string) bool {
	name, ok := strings.CutPrefix(call, "builtins.")
	return ok && quick[name]
}
