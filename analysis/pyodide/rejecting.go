package pyodide

// Rejecting is an operation that takes an array, and in a browser none on shared memory: its parameter has no
// [AllowShared] in the specification, or a browser refuses it all the same.
type Rejecting struct {
	Name     string // for people
	Argument int    // the position of the array, or of a list that holds it
	List     bool
	Kind     Access
	Source   string
}

// Access is what an operation does with an array.
type Access uint8

const (
	// Reads is an operation that is done with the array when it returns, or has copied it by then.
	Reads Access = iota
	// Keeps is one whose result goes on to work on the array.
	Keeps
	// Fills is one that writes into the array and returns it.
	Fills
	// Writes is one that writes into the array and returns something else.
	Writes
)

// rejecting are these operations, by path. Each was seen to raise a TypeError in Chromium 156, on the main thread and in
// a worker where that has it. Response and Request, which should refuse a shared body, take it there, and are none.
// Source: https://webidl.spec.whatwg.org/#AllowShared
var rejecting = map[string]Rejecting{
	"js.TextDecoder.new().decode": {Name: "TextDecoder.decode", // allowed to by its specification
		Source: "https://encoding.spec.whatwg.org/#interface-textdecoder"},
	"js.TextEncoder.new().encodeInto": {Name: "TextEncoder.encodeInto", Argument: 1, Kind: Writes, // as is this
		Source: "https://encoding.spec.whatwg.org/#interface-textencoder"},
	"js.crypto.getRandomValues": {Name: "crypto.getRandomValues", Kind: Fills,
		Source: "https://w3c.github.io/webcrypto/#Crypto-method-getRandomValues"},
	"js.crypto.subtle.digest": {Name: "crypto.subtle.digest", Argument: 1,
		Source: "https://w3c.github.io/webcrypto/#SubtleCrypto-method-digest"},
	"js.Blob.new": {Name: "Blob", List: true,
		Source: "https://w3c.github.io/FileAPI/#constructorBlob"},
	"js.File.new": {Name: "File", List: true,
		Source: "https://w3c.github.io/FileAPI/#file-constructor"},
	"js.ImageData.new": {Name: "ImageData", Kind: Keeps,
		Source: "https://html.spec.whatwg.org/multipage/canvas.html#dom-imagedata-with-data"},
	"js.WebSocket.new().send": {Name: "WebSocket.send",
		Source: "https://websockets.spec.whatwg.org/#dom-websocket-send"},
	"js.XMLHttpRequest.new().send": {Name: "XMLHttpRequest.send",
		Source: "https://xhr.spec.whatwg.org/#the-send()-method"},
	"js.navigator.sendBeacon": {Name: "navigator.sendBeacon", Argument: 1,
		Source: "https://w3c.github.io/beacon/#sendbeacon-method"},
}

// Fillers are the methods of the web platform that write into the memory they are given.
// Sources: https://w3c.github.io/webcrypto/#Crypto-method-getRandomValues, https://encoding.spec.whatwg.org/#dom-textencoder-encodeinto,
// https://webaudio.github.io/web-audio-api/#AnalyserNode, https://registry.khronos.org/webgl/specs/latest/2.0/,
// https://w3c.github.io/webcodecs/#dom-videoframe-copyto, https://fs.spec.whatwg.org/#dom-filesystemsyncaccesshandle-read
var Fillers = words(`getRandomValues encodeInto getByteFrequencyData getByteTimeDomainData getFloatFrequencyData
	getFloatTimeDomainData copyFromChannel getFrequencyResponse copyTo read readPixels getBufferSubData populateMatrix`)

// RejectingOf is the operation on a path that takes no array on shared memory.
func RejectingOf(path string) (r Rejecting, ok bool) {
	r, ok = rejecting[path]
	return r, ok
}

// RejectingMethod says whether a method of that name may be one.
func RejectingMethod(name string) bool { return rejectingMethods[name] }

var rejectingMethods = map[string]bool{
	"decode": true, "encodeInto": true, "getRandomValues": true, "digest": true, "new": true, "send": true, "sendBeacon": true,
}

// ToString is Pyodide's own method of an array, which hands it to a TextDecoder.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.JsBuffer.to_string
const ToString = "to_string"
