package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// View is a typed array, or a part of one.
type View struct {
	// Made is the expression that made the array of which it is all or a part.
	Made   syntax.Node
	Array  pyodide.Array
	On     Memory
	Offset Count // in bytes from the beginning of the memory
	Length Count // in elements
}

// View is the typed array that an expression certainly stands for: one that was made, a part of one, the pixels
// of an image, a view of Python's memory; through names and attributes of self.
func (f *File) View(n syntax.Node) (View, bool) { return f.ask().view(n) }

// ArrayMade is the expression that made the typed array that an expression stands for, and its kind; ok is false
// where that is not known.
func (f *File) ArrayMade(n syntax.Node) (made syntax.Node, array pyodide.Array, ok bool) {
	v, ok := f.View(n)
	return v.Made, v.Array, ok
}

func (q *query) view(n syntax.Node) (View, bool) {
	if q.spent() {
		return View{}, false
	}
	n = q.definition(n)
	if n.Kind() == syntax.Attribute {
		return q.data(n)
	}
	function := n.Child(syntax.FieldFunction)
	if function.Child(syntax.FieldAttribute).Text() == "subarray" {
		v, ok := q.view(function.Child(syntax.FieldObject))
		return q.part(v, n), ok
	}
	array, by, ok := pyodide.ArrayMade(q.result(n))
	if !ok {
		return View{}, false
	}
	arguments, all := Arguments(n)
	switch {
	case by == "of" && all:
		return own(n, array, counted(len(arguments))), true
	case !all || len(arguments) == 0:
		return View{Made: n, Array: array}, true
	case by == "from_":
		return own(n, array, q.items(arguments[0])), true
	}
	return q.constructed(n, array, arguments), true
}

// constructed is what the constructor of an array makes: on a buffer if it is given one, else with one of its own.
func (q *query) constructed(call syntax.Node, array pyodide.Array, arguments []syntax.Node) View {
	first := arguments[0]
	if on := q.memory(first); on.Made.OK() {
		return q.onBuffer(View{Made: call, Array: array, On: on}, arguments[1:])
	}
	if source, ok := q.view(first); ok {
		return own(call, array, source.Length)
	}
	if length := q.count(first); length.Known {
		return own(call, array, length)
	}
	if length := q.items(first); length.Known {
		return own(call, array, length)
	}
	return View{Made: call, Array: array}
}

// own is an array that has a buffer of its own.
func own(made syntax.Node, array pyodide.Array, length Count) View {
	size := reckon(length, "*", counted(array.Bytes))
	return View{Made: made, Array: array, On: Memory{Made: made, Size: size}, Offset: counted(0), Length: length}
}

// onBuffer is an array on a buffer, from an offset on, of a length, if they are given.
func (q *query) onBuffer(v View, place []syntax.Node) View {
	v.Offset = counted(0)
	if len(place) > 0 && place[0].Kind() != syntax.None { // which becomes undefined
		v.Offset = q.count(place[0])
	}
	if len(place) > 1 && place[1].Kind() != syntax.None {
		v.Length = q.count(place[1])
	} else {
		v.Length = reckon(reckon(v.On.Size, "-", v.Offset), "//", counted(v.Array.Bytes))
	}
	return v
}

// items is how many items the literal of a list has.
func (q *query) items(n syntax.Node) Count {
	if n = q.definition(n); n.Kind() != syntax.List && n.Kind() != syntax.Tuple {
		return Count{}
	}
	items := 0
	for item := range n.Children() {
		if item.Kind() == syntax.ListSplat {
			return Count{}
		}
		items++
	}
	return counted(items)
}

// part is the part of an array that a call of subarray gives.
func (q *query) part(of View, call syntax.Node) View {
	arguments, all := Arguments(call)
	from, to, whole := counted(0), of.Length, of.Length
	if len(arguments) > 0 {
		from = q.count(arguments[0])
	}
	if len(arguments) > 1 {
		to = q.count(arguments[1])
	}
	of.Length = Count{}
	if !all || !from.Known || from.N < 0 || to.Known && to.N < 0 || from.N > 0 && !(whole.Known && from.N <= whole.N) {
		of.Offset = Count{} // it is counted from the end, or cut there
		return of
	}
	of.Offset = reckon(of.Offset, "+", reckon(from, "*", counted(of.Array.Bytes)))
	if whole.Known && to.Known {
		of.Length = counted(max(from.N, min(to.N, whole.N)) - from.N)
	}
	return of
}

// data is the array that an image, or a buffer of a proxy, has under that name.
func (q *query) data(n syntax.Node) (View, bool) {
	if n.Child(syntax.FieldAttribute).Text() != "data" {
		return View{}, false
	}
	object := q.definition(n.Child(syntax.FieldObject))
	if pyodide.IsImage(q.result(object)) {
		return own(n, pyodide.Pixels, Count{}), true
	}
	if arguments, _ := Arguments(object); q.isHeapBuffer(object) && len(arguments) > 0 {
		kind, _ := syntax.Constant(arguments[0])
		array, ok := pyodide.HeapArrays[kind]
		return View{Made: n, Array: array, On: Memory{Made: object, Heap: true}}, ok
	}
	return View{}, false
}

// HeapBuffer is the call that made the buffer that an expression stands for, by which JavaScript sees Python's
// memory; no node where it is something else.
func (f *File) HeapBuffer(n syntax.Node) syntax.Node {
	q := f.ask()
	if n = q.definition(n); q.isHeapBuffer(n) {
		return n
	}
	return syntax.Node{}
}

// isHeapBuffer says whether a call asks a proxy of a Python object for its memory.
func (q *query) isHeapBuffer(call syntax.Node) bool {
	function := call.Child(syntax.FieldFunction)
	if function.Child(syntax.FieldAttribute).Text() != pyodide.GetBuffer {
		return false
	}
	proxy := q.definition(function.Child(syntax.FieldObject))
	maker, ok := pyodide.ProxyMakers[q.scopes.Canonical(proxy.Child(syntax.FieldFunction))]
	return ok && !maker.Once
}
