package pyodide

// Wrappers are the functions of pyodide.ffi.wrappers that keep what they add by the callback itself, and those that take
// it out again. They take neither options nor a proxy, which has no hash.
// Source: pyodide/src/py/pyodide/ffi/wrappers.py
const (
	AddsListener    = "pyodide.ffi.wrappers.add_event_listener"
	RemovesListener = "pyodide.ffi.wrappers.remove_event_listener"
)

// WrapperArguments is how many arguments these two take.
const WrapperArguments = 3

// WrapperParameters are their names.
var WrapperParameters = map[string]bool{"elt": true, "event": true, "listener": true}
