package pyodide

// Waiter is a Python call that waits for a coroutine on the spot. The event loop of Pyodide is the browser's and runs
// all the time, so that it can only wait by switching the stack.
type Waiter struct {
	Name string // for people
	// Since is the first version that can, where the browser has JSPI, in code that was entered asynchronously; Release
	// names it for people. Neither for what never can.
	Since   Version
	Release string
	Never   bool
	// Lenient says that before that version it gives a task that is not done, and fails no more than that.
	Lenient bool
	Source  string
}

const enableRunUntilComplete = "https://pyodide.org/en/stable/project/changelog.html#version-0-27-7"

// Waiters are the calls that wait for a coroutine, by canonical name.
var Waiters = map[string]Waiter{
	"asyncio.run": {Name: "asyncio.run", Since: V027, Release: "0.27.7", Source: enableRunUntilComplete},
}

// LoopWaiters are the methods of an event loop that wait, by name.
var LoopWaiters = map[string]Waiter{
	"run_until_complete": {Name: "run_until_complete", Since: V027, Release: "0.27.7", Lenient: true, Source: enableRunUntilComplete},
	"run_forever":        {Name: "run_forever", Never: true, Source: "https://github.com/pyodide/pyodide/blob/main/src/py/pyodide/webloop.py"},
}

// Loops are the calls that give an event loop, by canonical name.
var Loops = map[string]bool{"asyncio.get_event_loop": true, "asyncio.get_running_loop": true, "asyncio.new_event_loop": true}

// Runner is the call that makes a runner, whose method RunnerRun never works in Pyodide: what it asks of the loop is not
// there, or it is told that the loop runs.
// Source: https://docs.python.org/3/library/asyncio-runner.html#asyncio.Runner, and each version in a browser
const (
	Runner    = "asyncio.Runner"
	RunnerRun = "run"
)

// RunSync is the call that waits by switching the stack, and says so.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.run_sync
const RunSync = "pyodide.ffi.run_sync"

// AsksToWait are the functions by which code asks whether it can wait, or has to be asked otherwise.
var AsksToWait = map[string]bool{
	"can_run_sync": true, "is_running": true, "get_running_loop": true, "_get_running_loop": true, "current_task": true,
}
