package pyodide

import "strings"

// Wait is the path of the call that holds its thread up until another one writes to shared memory and notifies. Where a
// thread may not be held up, on the main thread of a page, it raises; WaitAsync is what gives a promise instead.
// Sources: https://tc39.es/ecma262/#sec-atomics.wait, https://html.spec.whatwg.org/multipage/webappapis.html#obtain-similar-origin-window-agent
const (
	Wait      = "js.Atomics.wait"
	WaitAsync = "waitAsync"
)

// Clone is the path of the function that copies a value as posting it does.
// Source: https://html.spec.whatwg.org/multipage/structured-data.html#dom-structuredclone
const Clone = "js.structuredClone"

// Windows are the attributes that lead to a window, whose postMessage takes what is transferred as its third argument
// and not as its second.
// Source: https://html.spec.whatwg.org/multipage/web-messaging.html#dom-window-postmessage
var Windows = map[string]bool{"contentWindow": true, "defaultView": true, "opener": true, "source": true}

// Undetachable says whether a path leads to the buffer of a WebAssembly memory, which cannot be taken from it: of one
// that was made, or of Pyodide's own.
// Source: https://webassembly.github.io/spec/js-api/index.html#dom-memory-buffer
func Undetachable(path string) bool {
	return strings.HasSuffix(path, ".buffer") &&
		(strings.HasPrefix(path, WasmMemory) || strings.HasPrefix(path, "pyodide_js._module.HEAP"))
}

// Load is the path of the call that reads an item of an array which another thread may write.
// Source: https://tc39.es/ecma262/#sec-atomics.load
const Load = "js.Atomics.load"

// Waits says whether Atomics.wait takes an array, with Python's numbers.
// Source: https://tc39.es/ecma262/#sec-validateintegertypedarray, with waitable
func Waits(a Array) bool { return a.Name == "Int32Array" }
