package pyodide

import "strings"

// Array is a kind of JavaScript typed array.
type Array struct {
	Bytes int // of one element
	// Atomic says that Atomics.add and its kin take it, with Python's numbers. They take BigInt arrays only
	// with BigInts, and neither floats nor clamped bytes at all.
	// Source: https://tc39.es/ecma262/#sec-atomics.add
	Atomic bool
}

// arrays are the typed arrays, by the name of their constructor.
// Source: https://tc39.es/ecma262/#table-the-typedarray-constructors
var arrays = map[string]Array{
	"Int8Array": {1, true}, "Uint8Array": {1, true}, "Uint8ClampedArray": {1, false}, "Int16Array": {2, true},
	"Uint16Array": {2, true}, "Int32Array": {4, true}, "Uint32Array": {4, true}, "Float16Array": {2, false},
	"Float32Array": {4, false}, "Float64Array": {8, false}, "BigInt64Array": {8, false}, "BigUint64Array": {8, false},
}

// ArrayMade is the typed array that a path such as "js.Int32Array.new()" makes.
func ArrayMade(path string) (Array, bool) {
	name, ok := strings.CutPrefix(path, "js.")
	if !ok {
		return Array{}, false
	}
	for _, maker := range []string{".new()", ".of()", ".from_()"} {
		if constructor, ok := strings.CutSuffix(name, maker); ok {
			a, ok := arrays[constructor]
			return a, ok
		}
	}
	return Array{}, false
}

// IsImage says whether a path leads to an ImageData, whose data is a typed array.
// Source: https://html.spec.whatwg.org/multipage/canvas.html#dom-imagedata-data
func IsImage(path string) bool {
	return strings.HasSuffix(path, ".getImageData()") || strings.HasSuffix(path, ".createImageData()") || path == "js.ImageData.new()"
}

// Copies are the methods of a typed array that give a Python buffer. All of them copy: WebAssembly can address
// no memory but its own.
// Source: https://pyodide.org/en/stable/usage/type-conversions.html#converting-javascript-typed-arrays-to-python
var Copies = map[string]bool{"to_py": true, "to_memoryview": true}

// SameBuffer are the functions that make an array on the buffer of their first argument, or on a copy of it;
// either way not on the memory that JavaScript sees.
var SameBuffer = map[string]bool{"numpy.asarray": true, "numpy.frombuffer": true, "numpy.array": true}

// Mutators are the methods that change a numpy array in place.
// Source: https://numpy.org/doc/stable/reference/arrays.ndarray.html#array-methods
var Mutators = map[string]bool{"fill": true, "sort": true, "put": true, "partition": true}

// SharedBuffer is the path of memory that threads can share.
// Source: https://tc39.es/ecma262/#sec-sharedarraybuffer-objects
const SharedBuffer = "js.SharedArrayBuffer.new()"

// WasmMemory is the path of memory that threads can share if it was made so: its options say "shared".
// Source: https://webassembly.github.io/threads/js-api/index.html#memories
const WasmMemory = "js.WebAssembly.Memory.new()"

// PostMessage is the method that hands a message to another thread, and with it memory that can be shared. A
// page's own goes to the page itself.
// Source: https://html.spec.whatwg.org/multipage/workers.html#dom-worker-postmessage
const PostMessage = "postMessage"

// Carriers are the calls whose result holds their arguments, by canonical name or by path.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.to_js
var Carriers = map[string]bool{
	"pyodide.ffi.to_js": true, "pyscript.ffi.to_js": true, "builtins.dict": true, "builtins.list": true, "builtins.tuple": true,
	"js.Object.fromEntries": true, "js.Object.new": true, "js.Object.assign": true,
	"js.Array.new": true, "js.Array.of": true, "js.Array.from_": true, "js.Map.new": true,
}

// Atomics are the functions of Atomics that do what an assignment to an item does, by its operator. Python has
// "or" and "and" for keywords, and Pyodide takes the underscore away.
// Source: https://tc39.es/ecma262/#sec-atomics-object
var Atomics = map[string]string{"+=": "add", "-=": "sub", "|=": "or_", "&=": "and_", "^=": "xor"}
