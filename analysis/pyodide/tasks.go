package pyodide

// AsksForWait are the methods that ask whether such a wait is over before it begins.
var AsksForWait = map[string]bool{"is_set": true, "empty": true, "qsize": true, "done": true}

// TaskMakers are the calls that let several coroutines run by turns, by the last part of their name.
// Source: https://docs.python.org/3/library/asyncio-task.html
var TaskMakers = map[string]bool{"create_task": true, "ensure_future": true, "gather": true, "as_completed": true}

// Muted are the versions on which what a call gives says nothing of a failure as long as something holds it: only once it
// is collected "exception was never retrieved" is told.
type Muted struct {
	Coroutines, Promises Versions // those on which it is so for what it is given
	All                  bool     // it takes any number of them
}

// muted are these calls, by canonical name. From 0.27 on the loop logs the failure of a task at once, unless something
// waits for that: gather does, and what it gives is a future, as is a promise.
// Sources: PyodideTask in pyodide/src/py/pyodide/webloop.py, and each supported version
var muted = map[string]Muted{
	"asyncio.gather":                        {AllVersions, AllVersions, true},
	"asyncio.ensure_future":                 {Before(V027), AllVersions, false},
	"asyncio.create_task":                   {Before(V027), 0, false},
	"asyncio.AbstractEventLoop.create_task": {Before(V027), 0, false},
}

// MutedBy are the versions of a call, by its canonical name; ok is false for one that is none.
func MutedBy(call string) (m Muted, ok bool) {
	m, ok = muted[call]
	return m, ok
}

// MakesFuture says whether the last part of a name is that of one of them: it spares asking what a method is of.
func MakesFuture(name string) bool { return TaskMakers[lastPart(name)] }

// InResults is the argument of gather by which it gives failures as results.
// Source: https://docs.python.org/3/library/asyncio-task.html#asyncio.gather
const InResults = "return_exceptions"

// AllTasks gives the tasks that have not ended, whoever holds them.
// Source: https://docs.python.org/3/library/asyncio-task.html#asyncio.all_tasks
const AllTasks = "asyncio.all_tasks"

// ByName are the functions that may ask for an attribute whose name is not written out.
// Source: https://docs.python.org/3/library/functions.html
var ByName = map[string]bool{"builtins.getattr": true, "builtins.vars": true, "operator.attrgetter": true}

// MessageEvent and MessageHandler are how a worker hears messages.
// Source: https://html.spec.whatwg.org/multipage/workers.html#dedicated-workers-and-the-dedicatedworkerglobalscope-interface
const (
	MessageEvent   = "message"
	MessageHandler = "onmessage"
)
