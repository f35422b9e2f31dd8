package flow

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Memory is the bytes that a buffer gives access to, or several arrays together.
type Memory struct {
	// Made is the expression that made it: the call that made a buffer or a WebAssembly.Memory, the array that has a
	// buffer of its own, what gives the bytes of a response. It is no node where that is not known, and the rest is not either.
	Made   syntax.Node
	Shared bool  // threads can share it
	Heap   bool  // it is Python's own
	Size   Count // in bytes; never that of memory that can grow
}

// Memory is what a buffer gives access to: one that was made, or the buffer of an array or of a WebAssembly.Memory.
func (f *File) Memory(n syntax.Node) Memory { return f.ask().memory(n) }

// SharedMemory is the expression that made the memory, to be shared between threads, that a buffer, an array
// on it or a WebAssembly.Memory gives access to; no node where that is not known.
func (f *File) SharedMemory(n syntax.Node) syntax.Node {
	q := f.ask()
	m := q.memory(n)
	if v, ok := q.view(n); ok {
		m = v.On
	} else if made := q.wasm(n); made.OK() {
		m = Memory{Made: made, Shared: asksToShare(made)}
	}
	if !m.Shared {
		return syntax.Node{}
	}
	return m.Made
}

func (q *query) memory(n syntax.Node) Memory {
	if q.spent() {
		return Memory{}
	}
	n = q.definition(n)
	if n.Child(syntax.FieldAttribute).Text() == "buffer" {
		object := n.Child(syntax.FieldObject)
		if made := q.wasm(object); made.OK() {
			return Memory{Made: made, Shared: asksToShare(made)}
		}
		v, _ := q.view(object)
		return v.On
	}
	if n.Kind() == syntax.Await && strings.HasSuffix(q.javaScript(n), "."+pyodide.BodyMethod+"()") {
		return Memory{Made: n}
	}
	path := q.result(n)
	if path != pyodide.SharedBuffer && path != pyodide.OwnBuffer {
		return Memory{}
	}
	m := Memory{Made: n, Shared: path == pyodide.SharedBuffer}
	if arguments, all := Arguments(n); all && len(arguments) == 1 { // options may let it grow
		m.Size = q.count(arguments[0])
	}
	return m
}

// wasm is the call that made a WebAssembly.Memory.
func (q *query) wasm(n syntax.Node) syntax.Node {
	if n = q.definition(n); q.result(n) == pyodide.WasmMemory {
		return n
	}
	return syntax.Node{}
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

// result is the path of what a call gives. Another expression that has no definition may be one of several
// things.
func (q *query) result(n syntax.Node) string {
	if n.Kind() != syntax.Call {
		return ""
	}
	return q.javaScript(n)
}
