package pyodide

import "strings"

// Primitive is a method that waits until another thread does something. Pyodide has no other thread, and lets nothing else
// run on this one meanwhile, on any version, with JSPI and without.
type Primitive struct {
	// Until completes "nothing can …": what it waits for.
	Until string
	// Block and Timeout are the positions of the arguments that say whether and for how long it waits; -1 for none.
	Block, Timeout int
	// Count is what the first argument of the object's maker must say for the method to wait at all.
	Count Count
	// Held says that it waits only if the object was taken before.
	Held bool
	// Async is what to await instead.
	Async string
}

// Count is what a number must be.
type Count uint8

// The counts that matter.
const (
	AnyCount Count = iota
	Zero           // what is taken is not there to begin with
	Several        // as many threads have to come
)

// Primitives are the methods that wait, by the canonical name of their class and their own.
// Sources: https://docs.python.org/3/library/queue.html, https://docs.python.org/3/library/threading.html,
// https://docs.python.org/3/library/concurrent.futures.html#future-objects, and each supported version in Chromium.
var Primitives = map[string]Primitive{
	"threading.Event.wait":     {Until: "set this event", Block: -1, Timeout: 0, Async: "asyncio.Event"},
	"threading.Condition.wait": {Until: "notify this condition", Block: -1, Timeout: 0, Async: "asyncio.Condition"},
	"threading.Barrier.wait":   {Until: "come to this barrier", Block: -1, Timeout: 0, Count: Several, Async: "asyncio.Barrier"},
	"threading.Lock.acquire":   {Until: "release this lock", Block: 0, Timeout: 1, Held: true, Async: "asyncio.Lock"},
}

func init() {
	for _, name := range []string{"Queue", "LifoQueue", "PriorityQueue", "SimpleQueue"} {
		Primitives["queue."+name+".get"] = Primitive{Until: "put something into this queue", Block: 0, Timeout: 1, Async: "asyncio.Queue"}
	}
	for _, name := range []string{"Semaphore", "BoundedSemaphore"} {
		Primitives["threading."+name+".acquire"] = Primitive{Until: "release this semaphore", Block: 0, Timeout: 1, Count: Zero, Async: "asyncio.Semaphore"}
	}
	for _, name := range []string{"result", "exception"} {
		Primitives["concurrent.futures.Future."+name] = Primitive{Until: "give this future its result", Block: -1, Timeout: 0, Async: "asyncio.Future"}
	}
	for name := range Primitives {
		waiting[lastPart(name)] = true
	}
}

// waiting are the last parts of the names of Primitives.
var waiting = map[string]bool{}

// MayWait says whether a method of some class waits that is named so: it spares asking what a method is of.
func MayWait(method string) bool { return waiting[method] }

func lastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// Yielding are the calls in which other code may run before they return, where the stack can be switched.
// Source: https://pyodide.org/en/stable/project/changelog.html#version-0-28-0
func Yielding(call string) bool {
	switch call {
	case "pyodide.ffi.run_sync", "asyncio.run", "asyncio.AbstractEventLoop.run_until_complete":
		return true
	}
	return Blockers[call].Suspends || Requests[call].Suspends
}

// Dispatchers are the methods of elements that run the listeners of an event before they return.
// Source: https://dom.spec.whatwg.org/#dom-eventtarget-dispatchevent, and the methods of HTML that fire events
var Dispatchers = words(`click dispatchEvent focus blur reset requestSubmit select showModal close`)

// Tasks are the calls that have a coroutine run later, when the code that calls them has let the event loop go on.
// Source: https://docs.python.org/3/library/asyncio-task.html#creating-tasks
var Tasks = map[string]bool{
	"asyncio.create_task": true, "asyncio.ensure_future": true, "asyncio.AbstractEventLoop.create_task": true,
	"asyncio.run_coroutine_threadsafe": true,
}
