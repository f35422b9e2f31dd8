package pyodide

import "strings"

// ArrayMembers are what typed arrays have and no buffer has, ViewMethods what Pyodide gives typed arrays and an
// ArrayBuffer, and no SharedArrayBuffer. That has to_py as any JavaScript object does, which gives itself.
// Sources: https://tc39.es/ecma262/#sec-properties-of-the-%typedarrayprototype%-object,
// https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.JsBuffer, and Pyodide 0.26 to 314
var (
	ArrayMembers = words(`length byteOffset subarray set fill at copyWithin`)
	ViewMethods  = words(`to_bytes to_memoryview to_string to_file from_file assign assign_to`)
)

// ToPython is the method that converts any JavaScript object as far as it can be.
const ToPython = "to_py"

// BytesTakers are functions whose first argument is bytes, and ItemTakers those that go through the items of it,
// by canonical name. A buffer of JavaScript is neither.
// Sources: https://docs.python.org/3/glossary.html#term-bytes-like-object, and Pyodide 0.26 to 314
var (
	BytesTakers = words(`builtins.memoryview io.BytesIO numpy.frombuffer`)
	ItemTakers  = words(`builtins.bytes builtins.bytearray builtins.list builtins.tuple builtins.set builtins.sum builtins.min builtins.max builtins.sorted
		builtins.enumerate builtins.iter builtins.len`)
)

// words is the set of the words of a text.
func words(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}
