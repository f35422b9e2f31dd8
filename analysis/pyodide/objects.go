package pyodide

import (
	"slices"
	"strings"
)

// Origin says where a JavaScript object comes from, which is how long it lives.
type Origin uint8

const (
	// Elsewhere is an object of which nothing is known.
	Elsewhere Origin = iota
	// Made is an object made by the call that gives it: it goes with the last reference to it.
	Made
	// Found is an element looked up in the page: it goes when the page replaces it.
	Found
	// Standing is an object of the page itself, which stays as long as the page does.
	Standing
)

// origins are the calls that make or find an object, by the last part of their name.
// Sources: https://dom.spec.whatwg.org/#interface-document, https://dom.spec.whatwg.org/#interface-parentnode;
// for matchMedia https://drafts.csswg.org/cssom-view/#dom-window-matchmedia: a query with a listener stays.
var origins = map[string]Origin{
	"new": Made, "createElement": Made, "createElementNS": Made, "createDocumentFragment": Made,
	"createTextNode": Made, "cloneNode": Made, "importNode": Made,
	"getElementById": Found, "querySelector": Found, "querySelectorAll": Found, "closest": Found,
	"getElementsByClassName": Found, "getElementsByTagName": Found, "getElementsByName": Found,
	"matchMedia": Standing,
}

// Steps lead from an element to one beside or below it, which the page may replace.
// Source: https://dom.spec.whatwg.org/#interface-nondocumenttypechildnode
var Steps = map[string]bool{
	"children": true, "childNodes": true, "firstChild": true, "lastChild": true, "firstElementChild": true,
	"lastElementChild": true, "nextSibling": true, "previousSibling": true, "nextElementSibling": true,
	"previousElementSibling": true,
}

// OriginOf is where the object on a path comes from, such as "js.document.getElementById()": by the last
// call on the path, unless an earlier one made what that call looked into.
func OriginOf(path string) Origin {
	calls := strings.Split(path, "()")
	if len(calls) == 1 && slices.ContainsFunc(strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }), func(part string) bool { return Steps[part] }) {
		return Found
	}
	origin := Elsewhere
	if len(calls) == 1 && (path == "js" || strings.HasPrefix(path, "js.")) {
		return Standing
	}
	for _, call := range calls[:len(calls)-1] {
		name := call[strings.LastIndexByte(call, '.')+1:]
		if origin = origins[name]; origin == Made {
			return Made
		}
	}
	return origin
}

// MarkupAttributes and MarkupMethods are what replaces elements of the page: whoever looks an element up
// after that finds a new one.
// Source: https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html
var (
	MarkupAttributes = []string{"innerHTML", "outerHTML"}
	MarkupMethods    = map[string]bool{
		"insertAdjacentHTML": true, "replaceChildren": true, "replaceWith": true, "replaceChild": true,
		"removeChild": true, "setHTMLUnsafe": true,
	}
)

// Callers are Python functions that call a callback they are given, by canonical name, and how often.
var Callers = map[string]Calls{
	"pyodide.ffi.create_once_callable":        Once,
	"pyodide.ffi.wrappers.set_timeout":        Once,
	"pyodide.ffi.wrappers.set_interval":       Often,
	"pyodide.ffi.wrappers.add_event_listener": Often,
	When:                 Often, // as a decorator
	"bridge.listen":      Often,
	"bridge.core.listen": Often,
}

// OnceMethods are methods, of promises and of Python's event loop, that call a callback one time.
var OnceMethods = map[string]bool{
	"then": true, "catch": true, "finally_": true, "call_soon": true, "call_later": true, "call_at": true,
	"add_done_callback": true,
}

// OnceEvents are the events that a page fires one time.
// Source: https://html.spec.whatwg.org/multipage/parsing.html#the-end
var OnceEvents = map[string]bool{"load": true, "DOMContentLoaded": true}

// Pythonic are the forms in which Python stores something in an array or a map of JavaScript, by the method that they do
// the work of. What is stored so is a proxy that nothing destroys.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.JsArray
var Pythonic = map[string]struct {
	Title, Form string
	Arguments   int
}{
	"push":    {"Use append, which keeps it", "OBJECT.append(FIRST)", 1},
	"unshift": {"Use insert, which keeps it", "OBJECT.insert(0, FIRST)", 1},
	"set":     {"Assign the item, which keeps it", "OBJECT[FIRST] = LAST", 2},
}
