package pyodide

// Calls says how often JavaScript calls a callback that it keeps.
type Calls uint8

const (
	// Once is a callback that is called one time at most.
	Once Calls = iota
	// Often is one that may be called again and again.
	Often
)

// Keeper is a JavaScript function that keeps a callback beyond its own return. A Python callable handed to
// it bare is dead by then: Pyodide destroys the proxy that it made for the call.
type Keeper struct {
	Name     string // the function or method
	Callback []int  // the positions of its callbacks among the arguments, from 0
	Calls    Calls
	// Own says that only the platform has a method of that name, so that it means the same on a receiver
	// of which nothing is known.
	Own bool
	// Wrapper is the function of pyodide.ffi.wrappers that does the same and owns the proxy; empty if none.
	Wrapper string
	// Leaves completes "each call adds …": what stays behind of a callback that may be called again and again
	// when nobody keeps its proxy. Handle says that the result of the call ends it all the same.
	Leaves string
	Handle bool
	// When completes "the callback is gone …": what the user of the page then misses.
	When   string
	Source string
}

// keepers are functions of the global scope and of its objects, by canonical name.
var keepers = map[string]Keeper{
	"js.setTimeout": {Name: "setTimeout", Callback: []int{0}, When: "when the time is up",
		Source: "https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#dom-settimeout"},
	"js.setInterval": {Name: "setInterval", Callback: []int{0}, Calls: Often, Wrapper: "set_interval", Leaves: "a timer that can never be stopped", Handle: true, When: "at the first tick",
		Source: "https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#dom-setinterval"},
	"js.requestAnimationFrame": {Name: "requestAnimationFrame", Callback: []int{0}, Own: true, When: "when the frame is drawn",
		Source: "https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html#dom-animationframeprovider-requestanimationframe"},
	"js.requestIdleCallback": {Name: "requestIdleCallback", Callback: []int{0}, Own: true, When: "when the page is idle",
		Source: "https://w3c.github.io/requestidlecallback/#the-requestidlecallback-method"},
	"js.queueMicrotask": {Name: "queueMicrotask", Callback: []int{0}, Own: true, When: "when the microtask runs",
		Source: "https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#dom-queuemicrotask"},
	"js.addEventListener": {Name: "addEventListener", Callback: []int{1}, Calls: Often, Own: true, Wrapper: "add_event_listener", Leaves: "a listener that can never be removed", When: "when the event fires",
		Source: "https://dom.spec.whatwg.org/#dom-eventtarget-addeventlistener"},
	"js.navigator.geolocation.getCurrentPosition": {Name: "getCurrentPosition", Callback: []int{0, 1}, Own: true, When: "when the position arrives",
		Source: "https://w3c.github.io/geolocation/#getcurrentposition-method"},
	"js.navigator.geolocation.watchPosition": {Name: "watchPosition", Callback: []int{0, 1}, Calls: Often, Own: true, Leaves: "a watch that can never be ended", Handle: true, When: "when the position changes",
		Source: "https://w3c.github.io/geolocation/#watchposition-method"},
	"pyodide_js.FS.syncfs": {Name: "syncfs", Callback: []int{1}, When: "when the files are synced",
		Source: "https://emscripten.org/docs/api_reference/Filesystem-API.html#FS.syncfs"},
}

// methods are the keepers that are methods of JavaScript objects, by name.
var methods = map[string]Keeper{
	"addEventListener":      keepers["js.addEventListener"],
	"requestAnimationFrame": keepers["js.requestAnimationFrame"],
	"requestIdleCallback":   keepers["js.requestIdleCallback"],
	"queueMicrotask":        keepers["js.queueMicrotask"],
	"setTimeout":            keepers["js.setTimeout"], // on a window that was opened or found
	"setInterval":           keepers["js.setInterval"],
	"getCurrentPosition":    keepers["js.navigator.geolocation.getCurrentPosition"],
	"watchPosition":         keepers["js.navigator.geolocation.watchPosition"],
	"requestVideoFrameCallback": {Name: "requestVideoFrameCallback", Callback: []int{0}, Own: true, When: "when the frame is shown",
		Source: "https://wicg.github.io/video-rvfc/#dom-htmlvideoelement-requestvideoframecallback"},
	"toBlob": {Name: "toBlob", Callback: []int{0}, When: "when the image is ready",
		Source: "https://html.spec.whatwg.org/multipage/canvas.html#dom-canvas-toblob"},
	"addListener": {Name: "addListener", Callback: []int{0}, Calls: Often, Leaves: "a listener that can never be removed", When: "when the query changes",
		Source: "https://drafts.csswg.org/cssom-view/#dom-mediaquerylist-addlistener"},
}

// KeeperNamed is the keeper with a canonical name such as "js.setTimeout".
func KeeperNamed(canonical string) (Keeper, bool) {
	k, ok := keepers[canonical]
	return k, ok
}

// KeeperMethod is the keeper that a method name means on a JavaScript object.
func KeeperMethod(name string) (Keeper, bool) {
	k, ok := methods[name]
	return k, ok
}

// OwnMethods are the names of keepers that only the platform has; a class that defines a method of such a
// name takes the certainty away.
func OwnMethods() []string {
	var names []string
	for name, k := range methods {
		if k.Own {
			names = append(names, name)
		}
	}
	return names
}

// Remote says whether a canonical name reaches from a worker over to the page, as polyscript's xworker does.
// What is said there of callbacks and what happens differ between releases, so nothing is concluded.
func Remote(canonical string) bool { return hasPart(canonical, "polyscript.xworker") }
