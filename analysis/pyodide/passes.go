package pyodide

import "strings"

// Passing is what a function passes to a callback when it calls it.
type Passing struct {
	Callback  int // the callback's position among the arguments of the function
	Arguments int // how many positional arguments the callback gets
	// Further says that it gets the function's own arguments from this position on as well; 0 if there are none.
	Further int
}

// passings are functions that call callbacks: those of JavaScript by path, those of Python by canonical name.
// Sources: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers,
// https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html#framerequestcallback,
// https://w3c.github.io/requestidlecallback/#the-idledeadline-interface, https://dom.spec.whatwg.org/#mutationobserver,
// https://w3c.github.io/IntersectionObserver/#intersectionobservercallback, https://drafts.csswg.org/resize-observer/#resize-observer-callback,
// https://w3c.github.io/performance-timeline/#dom-performanceobservercallback, https://w3c.github.io/geolocation/#getcurrentposition-method,
// https://tc39.es/ecma262/#sec-promise-constructor, https://tc39.es/ecma262/#sec-array.from, pyodide/src/py/pyodide/ffi/wrappers.py.
var passings = map[string][]Passing{
	"js.setTimeout":                               {{Further: 2}},
	"js.setInterval":                              {{Further: 2}},
	"js.queueMicrotask":                           {{}},
	"js.requestAnimationFrame":                    {{Arguments: 1}},
	"js.requestIdleCallback":                      {{Arguments: 1}},
	"js.addEventListener":                         {{Callback: 1, Arguments: 1}},
	"js.MutationObserver.new":                     {{Arguments: 2}},
	"js.IntersectionObserver.new":                 {{Arguments: 2}},
	"js.ResizeObserver.new":                       {{Arguments: 2}},
	"js.PerformanceObserver.new":                  {{Arguments: 3}},
	"js.Promise.new":                              {{Arguments: 2}},
	"js.Array.from_":                              {{Callback: 1, Arguments: 2}},
	"js.navigator.geolocation.getCurrentPosition": {{Arguments: 1}, {Callback: 1, Arguments: 1}},
	"js.navigator.geolocation.watchPosition":      {{Arguments: 1}, {Callback: 1, Arguments: 1}},

	"pyodide.ffi.wrappers.set_timeout":        {{}},
	"pyodide.ffi.wrappers.set_interval":       {{}},
	"pyodide.ffi.wrappers.add_event_listener": {{Callback: 2, Arguments: 1}},

	"bridge.listen":      {{Callback: 2, Arguments: 1}},
	"bridge.core.listen": {{Callback: 2, Arguments: 1}},
}

// passingMethods are methods that pass the same whatever JavaScript object they are of.
// Sources: https://dom.spec.whatwg.org/#callbackdef-eventlistener, https://html.spec.whatwg.org/multipage/canvas.html#blobcallback,
// https://wicg.github.io/video-rvfc/#dom-htmlvideoelement-requestvideoframecallback
var passingMethods = map[string][]Passing{
	"addEventListener": {{Callback: 1, Arguments: 1}}, "toBlob": {{Arguments: 1}}, "requestVideoFrameCallback": {{Arguments: 2}},
}

// arrayMethods are those of arrays, typed ones among them.
// Source: https://tc39.es/ecma262/#sec-array.prototype.foreach
var arrayMethods = map[string][]Passing{
	"map": {{Arguments: 3}}, "filter": {{Arguments: 3}}, "some": {{Arguments: 3}}, "every": {{Arguments: 3}},
	"find": {{Arguments: 3}}, "findIndex": {{Arguments: 3}}, "findLast": {{Arguments: 3}}, "findLastIndex": {{Arguments: 3}},
	"flatMap": {{Arguments: 3}}, "sort": {{Arguments: 2}}, "toSorted": {{Arguments: 2}}, "reduce": {{Arguments: 4}},
	"reduceRight": {{Arguments: 4}},
}

// promiseMethods are those of promises.
// Source: https://tc39.es/ecma262/#sec-promise.prototype.then
var promiseMethods = map[string][]Passing{
	"then": {{Arguments: 1}, {Callback: 1, Arguments: 1}}, "catch": {{Arguments: 1}}, "finally": {{}},
}

// forEach passes an item, its key and the whole, whatever interface it is of: an Array, a Map, a NodeList.
// Source: https://webidl.spec.whatwg.org/#js-iterable
var forEach = []Passing{{Arguments: 3}}

// Passings are what a function passes to its callbacks, by its path or canonical name; none if that is not known.
func Passings(function string) []Passing {
	if p, ok := passings[function]; ok || !strings.HasPrefix(function, "js.") {
		return p
	}
	m, ok := MemberAt(function)
	if _, typed := arrays[m.Of]; ok && (typed || m.Of == "Array" || m.Of == "TypedArray") && m.Name != "forEach" {
		return arrayMethods[m.Name]
	}
	switch {
	case ok && m.Name == "forEach":
		return forEach
	case ok && m.Of == "Promise":
		return promiseMethods[m.Name]
	}
	return passingMethods[function[strings.LastIndexByte(function, '.')+1:]]
}

// NewArray is the path of an array.
const NewArray = "js.Array.new()"

// TakesEvent says whether an attribute of an element, of a socket or of a request is a handler that is called with an
// event and nothing else. That of "error" gets five arguments on a window.
// Source: https://html.spec.whatwg.org/multipage/webappapis.html#event-handlers-on-elements,-document-objects,-and-window-objects
func TakesEvent(attribute string) bool {
	event, ok := strings.CutPrefix(attribute, "on")
	return ok && event != "" && event != "error" && event == strings.ToLower(event) && !strings.Contains(event, "_")
}
