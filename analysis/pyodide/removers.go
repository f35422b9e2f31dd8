package pyodide

import "strings"

// Remover is a JavaScript method that takes a callback back, by its identity: that of the very proxy that was handed
// over, of which Python makes another with each create_proxy and for each bare callable.
type Remover struct {
	Name     string
	Adds     string // the method that keeps the callback
	Callback int    // its position among the arguments, from 0
	// Own says that only the platform has a method of that name.
	Own    bool
	Source string
}

var removers = map[string]Remover{
	"removeEventListener": {Name: "removeEventListener", Adds: "addEventListener", Callback: 1, Own: true,
		Source: "https://dom.spec.whatwg.org/#dom-eventtarget-removeeventlistener"},
	"removeListener": {Name: "removeListener", Adds: "addListener", Callback: 0,
		Source: "https://drafts.csswg.org/cssom-view/#dom-mediaquerylist-removelistener"},
}

// RemoverMethod is the remover that a method name means on a JavaScript object.
func RemoverMethod(name string) (Remover, bool) {
	r, ok := removers[name]
	return r, ok
}

// cancels are the JavaScript functions that end what another one began, by the number that it gave.
// Sources: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html, and imagebitmap-and-animations.html;
// https://w3c.github.io/requestidlecallback/, https://w3c.github.io/geolocation/
var cancels = map[string]bool{
	"clearTimeout": true, "clearInterval": true, "cancelAnimationFrame": true, "cancelIdleCallback": true,
	"cancelVideoFrameCallback": true, "clearWatch": true,
}

// Fires are the methods of JavaScript objects that fire an event before they return.
// Sources: https://dom.spec.whatwg.org/#dom-eventtarget-dispatchevent,
// https://html.spec.whatwg.org/multipage/interaction.html, https://html.spec.whatwg.org/multipage/forms.html
var Fires = map[string]bool{
	"click": true, "dispatchEvent": true, "focus": true, "blur": true, "submit": true, "requestSubmit": true, "reset": true,
}

// Ends are the methods of JavaScript objects after which no event of theirs is to be expected: of an element, of what
// holds it, of a controller, of a connection.
// Sources: https://dom.spec.whatwg.org/, https://html.spec.whatwg.org/multipage/, https://websockets.spec.whatwg.org/
var Ends = map[string]bool{
	"remove": true, "replaceWith": true, "replaceChildren": true, "removeChild": true, "abort": true, "close": true,
	"disconnect": true, "terminate": true,
}

// AddEventListener makes a proxy, keeps it, and adds it; remove_event_listener finds it again.
// Source: pyodide/src/py/pyodide/ffi/wrappers.py
const AddEventListener = "pyodide.ffi.wrappers.add_event_listener"

// Cancelling says whether a JavaScript function, by its path, ends what another one began.
func Cancelling(path string) bool { return cancels[path[strings.LastIndexByte(path, '.')+1:]] }

// RemoverOf is the remover of what a method adds.
func RemoverOf(adds string) (Remover, bool) {
	for _, r := range removers {
		if r.Adds == adds {
			return r, true
		}
	}
	return Remover{}, false
}

// Closers are what methods are called that let go of what an object has, the first choice first.
var Closers = []string{"close", "dispose", "destroy", "stop", "disconnect", "teardown", "unmount", "cleanup", "disconnectedCallback"}
