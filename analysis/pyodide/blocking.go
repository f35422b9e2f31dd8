package pyodide

import "strings"

// SwitchesStacks is the first version whose blocking calls let the page run while they wait, where the browser
// has JSPI.
// Source: https://pyodide.org/en/stable/project/changelog.html#version-0-28-0
const SwitchesStacks = V028

// OnlyModules is the first version that only modules can load: its pyodide.js is none for importScripts.
// Source: https://pyodide.org/en/stable/project/changelog.html, 314.0.0.
const OnlyModules = V314

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

// Request is a Python call that sends an HTTP request and keeps its thread until the answer is there.
type Request struct {
	// Suspends is as in Blocker.
	Suspends bool
	Source   string
}

// Requests are the calls that send synchronous requests, by canonical name. urllib.request is none of them:
// it fails at once.
var Requests = map[string]Request{
	"pyodide.http.open_url": {Source: "https://pyodide.org/en/stable/usage/api/python-api/http.html#pyodide.http.open_url"},
}

func init() {
	for _, verb := range []string{"get", "post", "put", "patch", "delete", "head", "options", "request"} {
		Requests["pyodide.http.pyxhr."+verb] = Request{Source: "https://pyodide.org/en/stable/project/changelog.html#version-0-29-0"}
		// Through urllib3, whose back end for Emscripten is a synchronous XMLHttpRequest, or suspends where it can.
		Requests["requests."+verb] = Request{Suspends: true, Source: "https://urllib3.readthedocs.io/en/stable/reference/contrib/emscripten.html"}
	}
	Requests["urllib3.request"] = Requests["requests.request"]
}

// XMLHttpRequest is the path of a request whose open(method, url, False) makes its send wait for the answer.
// Source: https://xhr.spec.whatwg.org/#the-open()-method
const XMLHttpRequest = "js.XMLHttpRequest.new()"

// IsLocal says whether an address leads to no server: what it names is there already.
// Source: https://fetch.spec.whatwg.org/#scheme-fetch
func IsLocal(url string) bool {
	return strings.HasPrefix(url, "data:") || strings.HasPrefix(url, "blob:")
}

// LongTask is the time, in seconds, from which on a person can notice that the main thread was busy.
// Source: https://w3c.github.io/longtasks/#sec-terminology
const LongTask = 0.050
