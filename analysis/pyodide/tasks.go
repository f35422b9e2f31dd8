package pyodide

// InVain is a Python call that waits for something that only another thread could do while it waits. There is none.
type InVain struct {
	Timeout int    // the position of the argument that says for how long, in seconds, from 0
	Until   string // what nobody can do meanwhile, for people
	Async   string // what can be awaited in its place
}

// WaitsInVain are the methods that wait so, by the canonical name of what makes their object and their own. They are measured:
// each keeps its thread for the whole time, on every version, with JSPI and without.
// Source: https://docs.python.org/3/library/queue.html, threading.html and asyncio-task.html#asyncio.run_coroutine_threadsafe
var WaitsInVain = map[string]InVain{
	"threading.Event.wait":                    {Timeout: 0, Until: "set the event", Async: "asyncio.Event"},
	"threading.Condition.wait":                {Timeout: 0, Until: "notify it", Async: "asyncio.Condition"},
	"queue.Queue.get":                         {Timeout: 1, Until: "put anything into the queue", Async: "asyncio.Queue"},
	"queue.LifoQueue.get":                     {Timeout: 1, Until: "put anything into the queue", Async: "asyncio.LifoQueue"},
	"queue.PriorityQueue.get":                 {Timeout: 1, Until: "put anything into the queue", Async: "asyncio.PriorityQueue"},
	"queue.SimpleQueue.get":                   {Timeout: 1, Until: "put anything into the queue", Async: "asyncio.Queue"},
	"asyncio.run_coroutine_threadsafe.result": {Timeout: 0, Until: "run the coroutine", Async: "the coroutine itself"},
}

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
