package pyodide

import "strings"

// Indexed are the things that Python can do to a proxy with a key, each with the method that an object of JavaScript must
// have for it. Items of an array have numbers.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.JsMap, and Pyodide 0.26 to 314
const (
	Gets    = "get"
	Sets    = "set"
	Deletes = "delete"
)

// Keyless says whether no object of an interface, nor of one that is made of it, has a method by which Python finds
// something under a text: not by subscription, and not to write or delete it.
func Keyless(of, method string) bool {
	if _, has := inherited(of, method+"()"); has || of == "" {
		return false
	}
	for _, below := range derived()[of] {
		if !Keyless(below, method) {
			return false
		}
	}
	return true
}

// PlainObjects are the paths of what JavaScript makes of parts: objects that have members and nothing else.
// Source: https://tc39.es/ecma262/#sec-object.fromentries
var PlainObjects = map[string]bool{"js.Object.new()": true, "js.Object.fromEntries()": true}

// IsJSON says whether a path leads to what was read from JSON, or to a part of that: an object, an array, text, a number, a
// truth value or null, and nothing else. promised says that it is promised first.
// Sources: https://tc39.es/ecma262/#sec-json.parse, https://fetch.spec.whatwg.org/#dom-body-json
func IsJSON(path string) (is, promised bool) {
	for end := len(path); end > 0; end = strings.LastIndexAny(path[:end], ".[") {
		whole := path[:end]
		if whole == "js.JSON.parse()" {
			return true, false
		}
		if read, ok := strings.CutSuffix(whole, ".json()"); ok {
			of := InterfaceAt(read)
			return of == "Response" || of == "Request", true
		}
		if strings.HasSuffix(whole, "()") {
			return false, false
		}
	}
	return false, false
}

// Keyed are the interfaces whose objects find something under a name by methods of their own: to read, to write and to
// delete it; empty where there is none.
// Sources: https://html.spec.whatwg.org/multipage/webstorage.html#the-storage-interface,
// https://dom.spec.whatwg.org/#interface-htmlcollection, https://dom.spec.whatwg.org/#interface-namednodemap
var Keyed = map[string][3]string{
	"Storage": {"getItem", "setItem", "removeItem"}, "HTMLCollection": {"namedItem"}, "HTMLFormControlsCollection": {"namedItem"},
	"HTMLOptionsCollection": {"namedItem"}, "NamedNodeMap": {"getNamedItem"},
}

// FromEntries is the path of the function that makes an object of pairs.
const FromEntries = "js.Object.fromEntries"

// Members are the functions of Object that list what an object has, by the method of a dict that does.
// Source: https://tc39.es/ecma262/#sec-object.entries
var Members = map[string]string{"items": "entries", "keys": "keys", "values": "values"}

// OfProxies are the names that every proxy has for itself: an attribute of that name is none of the object.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.JsProxy
var OfProxies = words(`to_py to_weakref js_id typeof new as_object_map as_py_json object_keys object_values object_entries bind_sig bind_class`)

// Reserved are the words of Python that are no names.
// Source: https://docs.python.org/3/reference/lexical_analysis.html#keywords
var Reserved = words(`False None True and as assert async await break class continue def del elif else except finally for from
	global if import in is lambda nonlocal not or pass raise return try while with yield`)

// Listening are the functions by which a handler is called with an event: the method of JavaScript and what wraps it.
// Source: https://dom.spec.whatwg.org/#dom-eventtarget-addeventlistener
var Listening = words(`addEventListener add_event_listener`)
