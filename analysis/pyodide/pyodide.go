// Package pyodide knows the platform: which modules are the bridge, which names mean the same, which
// JavaScript functions keep a callback, which Python calls block. It is data with its sources; a rule asks
// it and keeps no list of its own.
package pyodide

import "strings"

// Bridge is every module whose import says that a file is meant for Pyodide.
// "js" and "pyodide_js" are the JavaScript global scope and the running Pyodide.
var Bridge = map[string]bool{
	"js": true, "pyodide": true, "pyodide_js": true, "pyscript": true, "_pyodide": true,
	"polyscript": true, "_pyodide_core": true,
}

// IsBridge says whether a dotted name is the bridge's: a module, what lies below it, or what it has.
func IsBridge(name string) bool {
	top, _, _ := strings.Cut(name, ".")
	return Bridge[top]
}

// BelowPyScript are the modules of pyscript's package, those of older releases included.
// Source: https://github.com/pyscript/pyscript/tree/main/core/src/stdlib/pyscript
var BelowPyScript = map[string]bool{
	"context": true, "display": true, "event_handling": true, "events": true, "fetch": true, "ffi": true, "flatted": true,
	"fs": true, "js_modules": true, "magic_js": true, "media": true, "storage": true, "util": true, "web": true,
	"websocket": true, "workers": true,
}

// IsBridgeModule says whether a module that is imported is the bridge's. One that pyscript's package does not have is of
// the project's own folder of that name.
func IsBridgeModule(module string) bool {
	below, ok := strings.CutPrefix(module, "pyscript.")
	if !ok || strings.HasPrefix(below, "_") {
		return IsBridge(module)
	}
	below, _, _ = strings.Cut(below, ".")
	return BelowPyScript[below]
}

// HostModules are modules that a file imports only to run outside the browser: test runners, drivers of
// browsers, servers, what builds packages. A file with one of them at its top level is host code, whatever else it imports.
var HostModules = map[string]bool{
	"pytest": true, "pytest_pyodide": true, "unittest": true, "selenium": true, "playwright": true,
	"fastapi": true, "flask": true, "uvicorn": true, "aiohttp.web": true, "tornado": true, "nicegui": true,
	"gunicorn": true, "hypercorn": true, "waitress": true, "nox": true, "setuptools": true,
}

// HostWords are words of which a test or a server holds one: the first parts of the names that it imports.
var HostWords = []string{"pytest", "unittest", "fastapi", "flask", "uvicorn", "aiohttp", "tornado"}

// TestRunners are those that run tests. Pyodide has them as well, for tests that are run there.
var TestRunners = map[string]bool{"pytest": true, "unittest": true}

// IsHost says whether a dotted module name is one of HostModules or lies below one.
func IsHost(module string) bool {
	top, _, _ := strings.Cut(module, ".")
	return HostModules[top] || HostModules[module]
}

// OtherPythons are modules that a Python has loaded only where it is a certain other one.
// Source: https://colab.research.google.com
var OtherPythons = map[string]bool{"google.colab": true}

// HostUses are the modules of the standard library that Pyodide imports as well, and that are of use on the host alone. A
// file with one of them at its top level is host code, too, unless it imports one of Unmistakable there.
var HostUses = map[string]bool{"subprocess": true}

// Unmistakable are the modules of the bridge that no other Python has: pyodide and pyscript can be installed.
// Source: https://pypi.org/project/pyodide-py, https://pypi.org/project/pyscript
var Unmistakable = map[string]bool{"js": true, "pyodide_js": true}

// Serverless are the modules of servers that run Pyodide without a page: what lives as long as the page there
// ends with a request or an instance.
// Source: https://developers.cloudflare.com/workers/languages/python/
var Serverless = map[string]bool{"workers": true}

// MicroPythonOnly are the modules that MicroPython alone has.
// Source: https://docs.micropython.org/en/latest/library/
var MicroPythonOnly = map[string]bool{
	"machine": true, "micropython": true, "jsffi": true, "ubinascii": true, "ucollections": true, "uctypes": true, "uio": true,
	"ujson": true, "uos": true, "ure": true, "uselect": true, "usocket": true, "ustruct": true, "usys": true, "utime": true,
}

// Words are the whole words of which a file must hold at least one to be worth parsing for its own sake.
// Without one of them it cannot import the bridge by name.
var Words = []string{"js", "pyodide", "pyodide_js", "pyscript", "_pyodide", "polyscript", "_pyodide_core"}

// StarModules are the modules whose "from m import *" is understood; the names they give are looked up
// in Global and in FFI.
var StarModules = map[string]bool{"js": true, "pyodide.ffi": true, "pyscript": true, "pyscript.ffi": true}

// aliases are names for the same thing; the first that fits counts. pyscript.window is the page's window: on
// the main thread that is the js module. pyscript.ffi.to_js converts otherwise than pyodide's, so it keeps
// its name.
// Source: pyodide/src/py/pyodide, pyscript core/src/stdlib/pyscript/{context,ffi}.py.
var aliases = []struct{ prefix, means string }{
	{"pyscript.window", "js"},
	{"pyscript.document", "js.document"},
	{"pyscript.context.window", "js"},
	{"pyscript.context.document", "js.document"},
	{"pyscript.ffi.create_proxy", "pyodide.ffi.create_proxy"},
	{"js.window", "js"},
	{"js.self", "js"},
	{"js.globalThis", "js"},
	{"js.top", "js"},
	{"js.parent", "js"},
}

// Canonical is the one name by which the rest of the program knows what a dotted name means:
// "js.window.document" and "pyscript.document" are both "js.document".
func Canonical(name string) string {
	for again := true; again; {
		again = false
		for _, a := range aliases {
			if hasPart(name, a.prefix) {
				name, again = a.means+name[len(a.prefix):], true
				break
			}
		}
	}
	return name
}

// hasPart says whether a dotted name begins with the dotted prefix.
func hasPart(name, prefix string) bool {
	return strings.HasPrefix(name, prefix) && (len(name) == len(prefix) || name[len(prefix)] == '.')
}

// FFI are the names that pyodide.ffi exports and that star imports bring in.
// Source: pyodide/src/py/pyodide/ffi/__init__.py, 0.26 to 314.
var FFI = map[string]bool{
	"create_proxy": true, "create_once_callable": true, "to_js": true, "destroy_proxies": true,
	"register_js_module": true, "unregister_js_module": true, "run_sync": true, "can_run_sync": true,
	"ConversionError": true, "JsException": true, "JsProxy": true, "JsArray": true, "JsMap": true,
	"JsPromise": true, "JsCallable": true, "JsBuffer": true, "JsFetchResponse": true, "jsnull": true,
}

// Global says whether a name belongs to the JavaScript global scope as far as this package knows it; star
// imports are resolved with it, and other names stay unknown.
func Global(name string) bool {
	if CallbacksAt("js."+name) != nil {
		return true
	}
	if f, ok := faces()[name]; ok { // Python has errors of the same names
		return !f.hidden && !strings.HasSuffix(name, "Error")
	}
	return globals[name]
}

// globals are those that are no constructors.
var globals = map[string]bool{
	"document": true, "window": true, "console": true, "fetch": true, "navigator": true, "location": true,
	"localStorage": true, "sessionStorage": true, "Math": true, "self": true, "globalThis": true, "performance": true,
	"crypto": true,
}

// ProxyMakers are the calls whose result is a proxy that lives until it is destroyed; once says that it
// destroys itself after one call, held that who makes it keeps it as well.
var ProxyMakers = map[string]struct{ Once, Held bool }{
	"pyodide.ffi.create_proxy":         {},
	"pyodide.create_proxy":             {}, // gone from the root module since 0.23; what was meant is clear
	"pyodide.ffi.create_once_callable": {Once: true},
	"pyodide.create_once_callable":     {Once: true},
	"bridge.keep_alive":                {Held: true},
	"bridge.core.keep_alive":           {Held: true},
}

// PlainDecorators are the decorators that leave a Python function a Python function.
var PlainDecorators = map[string]bool{
	"builtins.staticmethod": true, "builtins.classmethod": true, "functools.wraps": true,
	"functools.lru_cache": true, "functools.cache": true, "typing.no_type_check": true,
	"typing.override": true, "typing_extensions.override": true, "abc.abstractmethod": true,
	"contextlib.contextmanager": true,
}

// FunctionMakers are the calls that always give a Python callable.
var FunctionMakers = map[string]bool{
	"functools.partial": true, "operator.attrgetter": true, "operator.itemgetter": true,
	"operator.methodcaller": true, "types.MethodType": true,
}
