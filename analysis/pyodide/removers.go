package pyodide

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

// Cancels are the JavaScript functions that end what another one began, by the number that it gave.
// Sources: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html, and imagebitmap-and-animations.html;
// https://w3c.github.io/requestidlecallback/, https://w3c.github.io/geolocation/
var Cancels = map[string]bool{
	"clearTimeout": true, "clearInterval": true, "cancelAnimationFrame": true, "cancelIdleCallback": true,
	"cancelVideoFrameCallback": true, "clearWatch": true,
}

// Ends are the methods of JavaScript objects that fire an event before they return, or after which no event is to be
// expected: of the element, of what holds it, of a controller.
// Sources: https://dom.spec.whatwg.org/, https://html.spec.whatwg.org/multipage/interaction.html
var Ends = map[string]bool{
	"click": true, "dispatchEvent": true, "focus": true, "blur": true, "submit": true, "requestSubmit": true,
	"reset": true, "remove": true, "replaceWith": true, "replaceChildren": true, "removeChild": true, "abort": true,
	"close": true, "disconnect": true, "terminate": true,
}
