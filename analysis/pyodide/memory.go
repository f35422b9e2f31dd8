package pyodide

import "strings"

// Elements says what numbers a typed array holds.
type Elements uint8

const (
	// Integers are what Python's int becomes.
	Integers Elements = iota
	// BigInts are what an int beyond 2^53 becomes, and since Pyodide 314 a JsBigInt. A smaller int is refused.
	BigInts
	// Floats are what Python's float becomes.
	Floats
)

// Array is a kind of JavaScript typed array.
type Array struct {
	Name  string // of its constructor
	Bytes int    // of one element
	// Atomic says that Atomics.add and its kin take it, with Python's numbers. They take BigInt arrays only
	// with BigInts, and neither floats nor clamped bytes at all.
	// Source: https://tc39.es/ecma262/#sec-validateintegertypedarray
	Atomic   bool
	Elements Elements
}

// arrays are the typed arrays, by the name of their constructor.
// Source: https://tc39.es/ecma262/#table-the-typedarray-constructors
var arrays = named(
	Array{"Int8Array", 1, true, Integers}, Array{"Uint8Array", 1, true, Integers},
	Array{"Uint8ClampedArray", 1, false, Integers},
	Array{"Int16Array", 2, true, Integers}, Array{"Uint16Array", 2, true, Integers},
	Array{"Int32Array", 4, true, Integers}, Array{"Uint32Array", 4, true, Integers},
	Array{"BigInt64Array", 8, false, BigInts}, Array{"BigUint64Array", 8, false, BigInts},
	Array{"Float16Array", 2, false, Floats}, Array{"Float32Array", 4, false, Floats}, Array{"Float64Array", 8, false, Floats},
)

func named(all ...Array) map[string]Array {
	byName := map[string]Array{}
	for _, a := range all {
		byName[a.Name] = a
	}
	return byName
}

// Pixels is the array of the data of an image.
var Pixels = arrays["Uint8ClampedArray"]

// ArrayNamed is the typed array whose constructor a path such as "js.Int32Array" leads to.
func ArrayNamed(path string) (Array, bool) {
	name, ok := strings.CutPrefix(path, "js.")
	a, known := arrays[name]
	return a, ok && known
}

// ArrayMade is the typed array that a path such as "js.Int32Array.new()" makes, and by which method of its
// constructor.
func ArrayMade(path string) (a Array, by string, ok bool) {
	for _, maker := range []string{"new", "of", "from_"} {
		if constructor, made := strings.CutSuffix(path, "."+maker+"()"); made {
			a, ok = ArrayNamed(constructor)
			return a, maker, ok
		}
	}
	return Array{}, "", false
}

// HeapArrays are the typed arrays by which the getBuffer method of a PyProxy shows Python's memory to JavaScript,
// by its argument.
// Source: https://pyodide.org/en/stable/usage/api/js-api.html#pyodide.ffi.PyBuffer.getBuffer
var HeapArrays = map[string]Array{
	"i8": arrays["Int8Array"], "u8": arrays["Uint8Array"], "u8clamped": arrays["Uint8ClampedArray"],
	"i16": arrays["Int16Array"], "u16": arrays["Uint16Array"], "i32": arrays["Int32Array"], "u32": arrays["Uint32Array"],
	"i64": arrays["BigInt64Array"], "u64": arrays["BigUint64Array"], "f32": arrays["Float32Array"], "f64": arrays["Float64Array"],
}

// GetBuffer is that method. What it gives has the array as its data, and keeps the Python object and its size
// until its release method is called.
const GetBuffer = "getBuffer"

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

// SharedBuffer is the path of memory that threads can share, OwnBuffer that of memory that they cannot.
// Sources: https://tc39.es/ecma262/#sec-sharedarraybuffer-objects, https://tc39.es/ecma262/#sec-arraybuffer-objects
const (
	SharedBuffer = "js.SharedArrayBuffer.new()"
	OwnBuffer    = "js.ArrayBuffer.new()"
)

// BodyMethod is the method of a response, a request, a file or other data that gives a promise of a buffer.
// Sources: https://fetch.spec.whatwg.org/#body-mixin, https://w3c.github.io/FileAPI/#arraybuffer-method-algo
const BodyMethod = "arrayBuffer"

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

// Converters are the functions that make JavaScript's objects of Python's, by canonical name.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.to_js
var Converters = map[string]bool{ToJS: true, "pyscript.ffi.to_js": true}

// ConvertedList is the path of what they make of a list or a tuple.
const ConvertedList = "js.Array.of()"

// Atomics are the functions of Atomics that do what an assignment to an item does, by its operator. Python has
// "or" and "and" for keywords, and Pyodide takes the underscore away.
// Source: https://tc39.es/ecma262/#sec-atomics-object
var Atomics = map[string]string{"+=": "add", "-=": "sub", "|=": "or_", "&=": "and_", "^=": "xor"}

// Atomic is a function of Atomics.
type Atomic struct {
	Name string
	// Waits says that it has to do with waiting: it takes an Int32Array or a BigInt64Array and no other.
	Waits bool
	// Shared says that the array must be on memory that threads can share.
	Shared bool
	// Numbers are the positions of the arguments that must be numbers as the array has them.
	Numbers []int
}

// AtomicAt is the function of Atomics that a path such as "js.Atomics.or_" leads to.
func AtomicAt(path string) (Atomic, bool) {
	name, ok := strings.CutPrefix(path, "js.Atomics.")
	a, known := atomics[strings.TrimSuffix(name, "_")]
	return a, ok && known
}

// Takes says whether the function takes an array of a kind, whatever it is on.
// Sources: https://tc39.es/ecma262/#sec-validateintegertypedarray, and Chromium 156 for each function and kind
func (a Atomic) Takes(array Array) bool {
	if a.Waits {
		return array.Name == "Int32Array" || array.Name == "BigInt64Array"
	}
	return array.Atomic || array.Elements == BigInts
}

// Instead is the array that the function takes in the place of one of the same size that it does not take.
func (a Atomic) Instead(of Array) (Array, bool) {
	like, ok := arrays[alike[of.Name]]
	return like, ok && a.Takes(like)
}

// alike are the arrays of the same size whose numbers have another range.
var alike = map[string]string{"Uint8ClampedArray": "Uint8Array", "Uint32Array": "Int32Array", "BigUint64Array": "BigInt64Array"}

// atomics are the functions of Atomics that work on an array.
// Source: https://tc39.es/ecma262/#sec-atomics-object
var atomics = map[string]Atomic{
	"load": {Name: "load"}, "store": {Name: "store", Numbers: []int{2}}, "exchange": {Name: "exchange", Numbers: []int{2}},
	"compareExchange": {Name: "compareExchange", Numbers: []int{2, 3}},
	"add":             {Name: "add", Numbers: []int{2}}, "sub": {Name: "sub", Numbers: []int{2}},
	"and": {Name: "and", Numbers: []int{2}}, "or": {Name: "or", Numbers: []int{2}}, "xor": {Name: "xor", Numbers: []int{2}},
	"wait":      {Name: "wait", Waits: true, Shared: true, Numbers: []int{2}},
	"waitAsync": {Name: "waitAsync", Waits: true, Shared: true, Numbers: []int{2}},
	"notify":    {Name: "notify", Waits: true},
}

// BigIntFrom is the number from which on, and below minus which, an int becomes a BigInt.
// Source: https://pyodide.org/en/stable/usage/type-conversions.html#type-translations-pyproxy-to-js
const BigIntFrom = 1 << 53
