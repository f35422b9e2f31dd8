package flow

import (
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Heap is what a text does with a buffer by which JavaScript sees Python's memory.
type Heap struct {
	// Reads are the places at which the buffer's array is used.
	Reads []syntax.Node
	// Kept says that something has the buffer that may release it: the text does, or hands it on.
	Kept bool
}

// Heap follows the buffer that a call of getBuffer gives, and its array.
func (f *File) Heap(call syntax.Node) (h Heap) {
	for _, use := range f.Goes(call) {
		member := use.At.Child(syntax.FieldAttribute).Text()
		switch {
		case use.Becomes == Asked && member == "data" && use.Sure && !use.Inside:
			h.Reads = append(h.Reads, f.reads(use.At)...)
		case use.Becomes == Asked && pyodide.HeapMembers[member]:
		case use.Becomes == Captured, use.Becomes == Tested, use.Becomes == Lost, use.Becomes == Deleted:
		default:
			h.Kept = true
		}
	}
	return h
}

// reads are the places at which an array is used for what it holds, or handed on.
func (f *File) reads(array syntax.Node) (reads []syntax.Node) {
	for _, use := range f.Goes(array) {
		switch use.Becomes {
		case Asked, Argument, Returned, Yielded:
			if use.Sure && !use.Inside {
				reads = append(reads, use.Node)
			}
		}
	}
	return reads
}

// Between is the first place of some kind, in the order of the text, that may run after one place and before another
// of the same function: some path leads from it to the other one that does not pass the first again.
func (f *File) Between(first, last syntax.Node, is func(syntax.Node) bool) syntax.Node {
	again := func(n syntax.Node) bool { return n == first }
	around := f.scopes.Function(first)
	if !around.OK() {
		around = f.scopes.Tree().Root()
	}
	for n := range around.Within() {
		if is(n) && f.ReachesWithout(n, last, again) {
			return n
		}
	}
	return syntax.Node{}
}

// Later says whether a function runs at another time than the code around its definition: something else than that
// code calls it, a class has it, or nothing in the text calls it at all.
func (f *File) Later(function syntax.Node) bool {
	if function.Kind() != syntax.FunctionDefinition {
		return false
	}
	q := f.ask()
	if scope.Class(function).OK() || !q.plain(function) {
		return true
	}
	calls := q.uses(function)
	return len(calls) == 0 || slices.ContainsFunc(calls, func(n syntax.Node) bool { return n.Field() != syntax.FieldFunction })
}

// Grows says whether a call certainly makes more bytes than the memory has that Pyodide begins with.
func (f *File) Grows(n syntax.Node) bool {
	if n.Kind() != syntax.Call || !pyodide.Allocators[f.scopes.Canonical(n.Child(syntax.FieldFunction))] {
		return false
	}
	size := f.Count(Positional(n, 0))
	return size.Known && size.N >= pyodide.InitialMemory
}

// Resizes says whether a place changes the size of what a name stands for.
func (f *File) Resizes(n syntax.Node, name *scope.Name) bool {
	target := n.Child(syntax.FieldLeft)
	switch n.Kind() {
	case syntax.Call:
		function := n.Child(syntax.FieldFunction)
		if !pyodide.Resizers[function.Child(syntax.FieldAttribute).Text()] {
			return false
		}
		target = function.Child(syntax.FieldObject)
	case syntax.AugmentedAssignment:
		if n.Child(syntax.FieldOperator).Text() != "+=" {
			return false
		}
	default:
		return false
	}
	return target.Kind() == syntax.Identifier && f.scopes.Lookup(target) == name
}

// Resizable is the name of the bytearray or array.array that an expression stands for, if it certainly is one; its
// augmented assignments leave it one.
func (f *File) Resizable(n syntax.Node) *scope.Name {
	if n.Kind() != syntax.Identifier {
		return nil
	}
	name := f.scopes.Lookup(n)
	if name == nil || len(name.Bindings) == 0 || slices.ContainsFunc(name.Bindings[1:], func(b scope.Binding) bool {
		return b.Node.Parent().Kind() != syntax.AugmentedAssignment
	}) {
		return nil
	}
	made := name.Bindings[0].Value
	if !pyodide.ResizableMakers[f.scopes.Canonical(made.Child(syntax.FieldFunction))] {
		return nil
	}
	return name
}
