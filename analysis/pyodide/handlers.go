package pyodide

import (
	"maps"
	"slices"
	"strings"
)

// Wrapper is a function that owns the proxy of a callback and hands it to JavaScript.
type Wrapper struct {
	Callback int // its position among the arguments, from 0
	// Drops says that JavaScript calls a function around the callback, which calls that and drops what it gives: one that
	// is async never runs.
	Drops bool
}

// Wrappers are these functions, by canonical name.
// Source: https://github.com/pyodide/pyodide/blob/main/src/py/pyodide/ffi/wrappers.py, and each version in a browser
var Wrappers = map[string]Wrapper{
	"pyodide.ffi.wrappers.set_timeout":        {Callback: 0, Drops: true},
	"pyodide.ffi.wrappers.set_interval":       {Callback: 0},
	"pyodide.ffi.wrappers.add_event_listener": {Callback: 2},
}

// handlers are the events for which objects of the platform have an attribute that is called, "onclick" for "click".
// Nobody looks at what it gives back, but for whether that is false.
// Source: https://html.spec.whatwg.org/multipage/webappapis.html#event-handlers-on-elements,-document-objects,-and-window-objects
var handlers = words(`
	abort animationend animationiteration animationstart auxclick beforeinput beforetoggle blur cancel canplay
	canplaythrough change click close contextmenu copy cuechange cut dblclick drag dragend dragenter dragleave dragover
	dragstart drop durationchange ended error focus formdata input invalid keydown keypress keyup load loadeddata
	loadedmetadata loadend loadstart message messageerror mousedown mouseenter mouseleave mousemove mouseout mouseover
	mouseup offline online open pagehide pageshow paste pause play playing pointercancel pointerdown pointerenter
	pointerleave pointermove pointerout pointerover pointerup popstate progress ratechange readystatechange reset resize
	scroll scrollend select storage submit success timeupdate toggle touchcancel touchend touchmove touchstart
	transitionend unload visibilitychange volumechange waiting wheel`)

// Events are the names of the events for which objects of the platform have an attribute that is called, sorted.
func Events() []string { return slices.Sorted(maps.Keys(handlers)) }

// IsHandler says whether an attribute of an object of the platform holds a callback: "onclick".
func IsHandler(attribute string) bool {
	event, on := strings.CutPrefix(attribute, "on")
	return on && handlers[event]
}
