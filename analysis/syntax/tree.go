package syntax

import (
	"iter"
	"slices"
	"sort"

	"pyodide-ls/analysis/source"
)

// Tree is one parsed Python text: immutable and safe for concurrent use.
type Tree struct {
	text    string
	records []record
	byKind  [kindCount][]int32
	holes   []source.Span
}

// Text is the text the tree was parsed from, as it was before anything was masked.
func (t *Tree) Text() string { return t.text }

// Holes are the statements that could not be parsed, in order. Nothing is known of what stands in them.
func (t *Tree) Holes() []source.Span { return t.holes }

// Root is the module.
func (t *Tree) Root() Node { return t.node(0) }

// Len is the number of nodes.
func (t *Tree) Len() int { return len(t.records) }

// Of is every node of the kind, in the order of the text.
func (t *Tree) Of(kind Kind) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for _, i := range t.byKind[kind] {
			if !yield(Node{t, i}) {
				return
			}
		}
	}
}

// Count is the number of nodes of the kind.
func (t *Tree) Count(kind Kind) int { return len(t.byKind[kind]) }

// Rank is how many nodes of its kind come before a node.
func (t *Tree) Rank(n Node) int {
	i, _ := slices.BinarySearch(t.byKind[n.Kind()], n.id)
	return i
}

// At is the innermost node that holds the byte at offset, or ends there if none holds it.
func (t *Tree) At(offset int) Node {
	n := t.Root()
	if top := t.below(offset); top.Kind() != Comment && top.Span().Contains(offset) {
		n = top
	}
	for {
		inner := Node{}
		for c := range n.Children() {
			if span := c.Span(); span.Contains(offset) || span.End == offset && !inner.OK() {
				inner = c
			}
		}
		if !inner.OK() {
			return n
		}
		n = inner
	}
}

// below is the last of the nodes below the root that does not begin behind an offset.
func (t *Tree) below(offset int) Node {
	i := int32(sort.Search(len(t.records), func(i int) bool { return int(t.records[i].start) > offset })) - 1
	for i > 0 && t.records[i].parent > 0 {
		i = t.records[i].parent
	}
	if i <= 0 {
		return Node{}
	}
	return Node{t, i}
}

func (t *Tree) node(i int32) Node {
	if int(i) >= len(t.records) {
		return Node{}
	}
	return Node{t, i}
}

// index sorts the nodes by kind, in one run over the records and one allocation.
func (t *Tree) index() {
	var counts [kindCount]int
	for i := range t.records {
		counts[t.records[i].kind]++
	}
	all := make([]int32, 0, len(t.records))
	for k, n := range counts {
		t.byKind[k] = all[len(all) : len(all) : len(all)+n]
		all = all[:len(all)+n]
	}
	for i := range t.records {
		k := t.records[i].kind
		t.byKind[k] = append(t.byKind[k], int32(i))
	}
}

// Node is a place in a tree. The zero Node is no node: it is not OK, and its methods answer with zero
// values, so that chains of them need no checks on the way.
type Node struct {
	tree *Tree
	id   int32
}

// OK says whether there is a node.
func (n Node) OK() bool { return n.tree != nil }

// ID numbers the node within its tree, in the order of the text, parents before children.
func (n Node) ID() int { return int(n.id) }

// Tree is the tree the node belongs to.
func (n Node) Tree() *Tree { return n.tree }

// Kind is what the node is.
func (n Node) Kind() Kind {
	if n.tree == nil {
		return NoKind
	}
	return n.tree.records[n.id].kind
}

// Field is the part that the node plays in its parent.
func (n Node) Field() Field {
	if n.tree == nil {
		return NoField
	}
	return n.tree.records[n.id].field
}

// Span is the node's range of bytes.
func (n Node) Span() source.Span {
	if n.tree == nil {
		return source.Span{}
	}
	r := &n.tree.records[n.id]
	return source.Span{Start: int(r.start), End: int(r.end)}
}

// Text is the node's text.
func (n Node) Text() string {
	if n.tree == nil {
		return ""
	}
	r := &n.tree.records[n.id]
	return n.tree.text[r.start:r.end]
}

// Broken says that the parser met an error in the node or around it: nothing should be concluded from it.
func (n Node) Broken() bool {
	return n.tree != nil && n.tree.records[n.id].flags != 0
}

// Parent is the node around this one.
func (n Node) Parent() Node {
	if n.tree == nil || n.tree.records[n.id].parent < 0 {
		return Node{}
	}
	return Node{n.tree, n.tree.records[n.id].parent}
}

// First is the first child.
func (n Node) First() Node {
	if n.tree == nil || n.tree.records[n.id].after <= n.id+1 {
		return Node{}
	}
	return Node{n.tree, n.id + 1}
}

// Next is the next child of the same parent.
func (n Node) Next() Node {
	if n.tree == nil {
		return Node{}
	}
	r := &n.tree.records[n.id]
	if r.parent < 0 || r.after >= n.tree.records[r.parent].after {
		return Node{}
	}
	return Node{n.tree, r.after}
}

// Child is the first child that plays the part.
func (n Node) Child(field Field) Node {
	for c := n.First(); c.OK(); c = c.Next() {
		if c.Field() == field {
			return c
		}
	}
	return Node{}
}

// Children is every child, comments left out.
func (n Node) Children() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for c := n.First(); c.OK(); c = c.Next() {
			if c.Kind() != Comment && !yield(c) {
				return
			}
		}
	}
}

// Within is every node below this one, in the order of the text.
func (n Node) Within() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		if n.tree == nil {
			return
		}
		for i := n.id + 1; i < n.tree.records[n.id].after; i++ {
			if !yield(Node{n.tree, i}) {
				return
			}
		}
	}
}

// Above is every node around this one, from the nearest outwards.
func (n Node) Above() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for p := n.Parent(); p.OK() && yield(p); p = p.Parent() {
		}
	}
}

// Holds says whether the other node is this one or lies below it.
func (n Node) Holds(other Node) bool {
	return n.tree != nil && n.tree == other.tree && n.id <= other.id && other.id < n.tree.records[n.id].after
}
