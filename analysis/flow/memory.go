package flow

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// ArrayMade is the call that made the typed array that an expression stands for, through names, attributes of
// self and parts of an array; ok is false where that is not known.
func (f *File) ArrayMade(n syntax.Node) (call syntax.Node, array pyodide.Array, ok bool) {
	q := f.ask()
	call = q.whole(n)
	array, ok = pyodide.ArrayMade(q.result(call))
	return call, array, ok
}

// IsArray says whether an expression is certainly a typed array: one that was made, a part of one, or the
// pixels of an image.
func (f *File) IsArray(n syntax.Node) bool {
	q := f.ask()
	made := q.whole(n)
	if _, ok := pyodide.ArrayMade(q.result(made)); ok {
		return true
	}
	return made.Child(syntax.FieldAttribute).Text() == "data" &&
		pyodide.IsImage(q.result(q.definition(made.Child(syntax.FieldObject))))
}

// SharedMemory is the expression that made the memory, to be shared between threads, that a buffer, an array
// on it or a WebAssembly.Memory gives access to; no node where that is not known.
func (f *File) SharedMemory(n syntax.Node) syntax.Node { return f.ask().sharedMemory(n) }

func (q *query) sharedMemory(n syntax.Node) syntax.Node {
	if q.spent() {
		return syntax.Node{}
	}
	made := q.whole(n)
	path := q.result(made)
	if _, ok := pyodide.ArrayMade(path); ok && strings.HasSuffix(path, ".new()") {
		for argument := range made.Child(syntax.FieldArguments).Children() {
			return q.sharedBuffer(argument)
		}
	}
	if path == pyodide.WasmMemory && asksToShare(made) {
		return made
	}
	return q.sharedBuffer(made)
}

// sharedBuffer is sharedMemory for what an array is made on. An array is no such thing: its items are copied.
func (q *query) sharedBuffer(n syntax.Node) syntax.Node {
	n = q.definition(n)
	if n.Child(syntax.FieldAttribute).Text() == "buffer" {
		return q.sharedMemory(n.Child(syntax.FieldObject))
	}
	if q.result(n) == pyodide.SharedBuffer {
		return n
	}
	return syntax.Node{}
}

// whole is the definition of an expression, or of the array of which it is a part.
func (q *query) whole(n syntax.Node) syntax.Node {
	for !q.spent() {
		n = q.definition(n)
		function := n.Child(syntax.FieldFunction)
		if function.Child(syntax.FieldAttribute).Text() != "subarray" {
			return n
		}
		n = function.Child(syntax.FieldObject)
	}
	return syntax.Node{}
}

// result is the path of what a call gives. Another expression that has no definition may be one of several
// things.
func (q *query) result(n syntax.Node) string {
	if n.Kind() != syntax.Call {
		return ""
	}
	return q.javaScript(n)
}

// asksToShare says whether the options of a WebAssembly.Memory say "shared", in keywords or in a dict.
func asksToShare(call syntax.Node) bool {
	for n := range call.Child(syntax.FieldArguments).Within() {
		if n.Kind() != syntax.True {
			continue
		}
		key, _ := syntax.Constant(n.Parent().Child(syntax.FieldKey))
		if key == "shared" || n.Parent().Child(syntax.FieldName).Text() == "shared" {
			return true
		}
	}
	return false
}
