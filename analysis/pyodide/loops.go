package pyodide

import "strings"

// comesBack are functions of Python that do what they are asked for and come back at once, by canonical name, or by module
// with a dot at the end. They never fail for what is given to them in earnest.
// Source: https://docs.python.org/3/library/functions.html, math.html, random.html and time.html
var comesBack = map[string]bool{
	"builtins.print": true, "builtins.len": true, "builtins.range": true, "builtins.min": true, "builtins.max": true,
	"builtins.str": true, "builtins.repr": true, "builtins.enumerate": true, "builtins.zip": true, "builtins.sorted": true,
	"builtins.sum": true, "builtins.list": true, "builtins.dict": true, "builtins.set": true, "builtins.tuple": true,
	"builtins.bool": true, "builtins.isinstance": true, "math.": true, "random.": true,
	"time.time": true, "time.monotonic": true, "time.perf_counter": true, "time.time_ns": true,
}

// ComesBack says whether a function of Python, by canonical name, comes back at once and lets nothing else run.
func ComesBack(canonical string) bool {
	return comesBack[canonical] || comesBack[canonical[:strings.LastIndexByte(canonical, '.')+1]]
}

// OfPlatform says whether a path leads to a function of the platform, which comes back before anything else runs. What
// runs other code is none of them, nor what fails on the main thread.
func OfPlatform(path string) bool {
	name, ok := strings.CutPrefix(path, "js.")
	global, rest, _ := strings.Cut(name, ".")
	_, placed := GlobalRealms(strings.TrimSuffix(global, "()"))
	global = strings.TrimSuffix(global, "()")
	return ok && (Global(global) || placed) && global != "Atomics" && global != "eval" && !strings.HasSuffix("."+rest, ".eval")
}

// Settled are the methods that ask whether something is over that only the event loop or somebody else ends, by name, and
// what makes the objects that have them.
// Source: https://docs.python.org/3/library/asyncio-task.html, asyncio-future.html, asyncio-sync.html and threading.html
var Settled = map[string][]string{
	"done":   {"asyncio.create_task", "asyncio.ensure_future", "asyncio.Future", "asyncio.create_future", "asyncio.gather"},
	"is_set": {"asyncio.Event", "threading.Event"},
}
