package pyodide

// AsksForWait are the methods that ask whether such a wait is over before it begins.
var AsksForWait = map[string]bool{"is_set": true, "empty": true, "qsize": true, "done": true}

// TaskMakers are the calls that let several coroutines run by turns, by the last part of their name.
// Source: https://docs.python.org/3/library/asyncio-task.html
var TaskMakers = map[string]bool{"create_task": true, "ensure_future": true, "gather": true, "as_completed": true}

// MessageEvent and MessageHandler are how a worker hears messages.
// Source: https://html.spec.whatwg.org/multipage/workers.html#dedicated-workers-and-the-dedicatedworkerglobalscope-interface
const (
	MessageEvent   = "message"
	MessageHandler = "onmessage"
)
