package pyodide

// Awaited is a kind of what has to be awaited before anything can be done with it.
type Awaited struct {
	Name string // for people, with an article
	// Coroutine says that nothing of it runs until then.
	Coroutine bool
	has       map[string]bool // the attributes that it has
}

// Has says whether it has an attribute of that name.
func (a *Awaited) Has(attribute string) bool {
	return a.has[attribute] || len(attribute) > 4 && attribute[:2] == "__"
}

// The kinds. Of each dir() was read on each supported version, and tells the same on all.
// Sources: https://docs.python.org/3/reference/datamodel.html#coroutine-objects,
// https://pyodide.org/en/stable/usage/api/python-api/webloop.html#pyodide.webloop.PyodideFuture,
// fetch.py in https://github.com/pyscript/pyscript/tree/main/core/src/stdlib/pyscript
var (
	Coroutine = &Awaited{"a coroutine", true, words(`close send throw cr_await cr_code cr_frame cr_origin cr_running cr_suspended`)}
	// Future is what a call of JavaScript gives Python for a promise.
	Future = &Awaited{"a promise", false, words(futureHas)}
	// Fetched is what the fetch of PyScript gives: the promise of a response, which can be asked for its body at once.
	Fetched = &Awaited{"a promise", false, words(futureHas + ` arrayBuffer blob bytearray json text`)}
)

// syncify is of before 0.26.
const futureHas = `syncify add_done_callback cancel cancelled catch done exception finally_ get_loop remove_done_callback result
	set_exception set_result then`

// Coroutines are the functions of libraries that make a coroutine, by canonical name, those of methods with that of their
// class.
// Sources: https://docs.python.org/3/library/asyncio.html, https://micropip.pyodide.org/en/stable/project/api.html,
// https://pyodide.org/en/stable/usage/api/python-api/http.html, inspect.iscoroutinefunction on each supported version
var Coroutines = words(`asyncio.sleep asyncio.wait_for asyncio.wait asyncio.to_thread
	asyncio.Queue.get asyncio.Queue.put asyncio.Queue.join asyncio.Event.wait asyncio.Lock.acquire asyncio.Semaphore.acquire
	asyncio.Condition.wait asyncio.Barrier.wait
	micropip.install pyodide.code.eval_code_async pyodide.http.pyfetch
	pyodide.http.FetchResponse.buffer pyodide.http.FetchResponse.bytes pyodide.http.FetchResponse.json
	pyodide.http.FetchResponse.memoryview pyodide.http.FetchResponse.string pyodide.http.FetchResponse.text
	pyodide.http.FetchResponse.unpack_archive`)

// OnceStarted are those of them that were no coroutine functions in releases before those that are known: a call started
// the work, and gave a Future.
// Source: packages/micropip/src/micropip/_micropip.py of Pyodide 0.20
var OnceStarted = words("micropip.install")

// coroutineMethods are the last parts of the names of Coroutines.
var coroutineMethods = func() map[string]bool {
	all := map[string]bool{}
	for name := range Coroutines {
		all[lastPart(name)] = true
	}
	return all
}()

// MayBeCoroutine says whether a method of some class makes a coroutine that is named so: it spares asking what a method
// is of.
func MayBeCoroutine(method string) bool { return coroutineMethods[method] }

// PyScriptFetch is the call that gives what is Fetched.
const PyScriptFetch = "pyscript.fetch"

// resolves are the classes of what comes of what some functions give, once that is awaited.
var resolves = map[string]string{"pyodide.http.pyfetch": FetchResponse}

// FetchResponse is the class of the answers of pyfetch.
const FetchResponse = "pyodide.http.FetchResponse"

// Resolves is the class of what comes of what a function gives; empty where that is not known.
func Resolves(call string) string { return resolves[call] }

// ValueTakers are the functions that fail when they are given what has to be awaited, by canonical name.
// Source: each supported version, with a coroutine and a future
var ValueTakers = words(`builtins.len builtins.int builtins.float builtins.list builtins.tuple builtins.set builtins.frozenset
	builtins.dict builtins.sorted builtins.sum builtins.reversed builtins.all builtins.bytes
	builtins.bytearray builtins.abs builtins.round builtins.chr builtins.ord json.loads io.BytesIO io.StringIO`)

// Texters are those that make a text of what they are given, whatever it is.
var Texters = words(`builtins.str builtins.print builtins.repr`)

// CoroutineTaker is a function that has a coroutine run, and raises a TypeError for anything else that can be awaited.
type CoroutineTaker struct {
	Name     string // for people
	Group    bool   // it is a group's, which waits for all that it has run
	Threaded bool   // it gives a future for other threads
}

// CoroutineTakers are these, by canonical name. asyncio.run takes a promise where it can wait for one.
// Sources: https://docs.python.org/3/library/asyncio-task.html#creating-tasks, and each supported version
var CoroutineTakers = map[string]CoroutineTaker{
	"asyncio.create_task":                   {Name: "create_task"},
	"asyncio.AbstractEventLoop.create_task": {Name: "create_task"},
	"asyncio.TaskGroup.create_task":         {Name: "create_task", Group: true},
	"asyncio.run_coroutine_threadsafe":      {Name: "run_coroutine_threadsafe", Threaded: true},
}

// MayTakeCoroutine says whether the last part of a name is that of one of them.
func MayTakeCoroutine(name string) bool {
	last := lastPart(name)
	return last == "create_task" || last == "run_coroutine_threadsafe"
}
