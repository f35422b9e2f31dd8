package pyodide

// Blocker is a Python call that keeps its thread until it is done.
type Blocker struct {
	// Argument is the position of the argument that says for how long, in seconds; -1 if none does.
	Argument int
	// Async is the call to await instead, as module and name; empty if there is none.
	Async [2]string
	// Suspends says that on the main thread it lets the page run while it waits, on Pyodide 0.28 and later
	// where the browser has JSPI, in code that was entered asynchronously.
	Suspends bool
	Source   string
}

// Blockers are the blocking calls, by canonical name.
var Blockers = map[string]Blocker{
	"time.sleep": {Argument: 0, Async: [2]string{"asyncio", "sleep"}, Suspends: true,
		Source: "https://pyodide.org/en/stable/project/changelog.html#version-0-28-0"},
}

// LongTask is the time, in seconds, from which on a person can notice that the main thread was busy.
// Source: https://w3c.github.io/longtasks/#sec-terminology
const LongTask = 0.050
