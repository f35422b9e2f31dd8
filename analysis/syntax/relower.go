package syntax

/*
#include "lower.h"
*/
import "C"

import (
	"runtime"
	"unsafe"

	sitter "github.com/smacker/go-tree-sitter"
)

// top is a node below the root, as the parser's tree has it; it has the layout of lower_top.
type top struct {
	subtree uintptr // the same in two trees that share what is there
	start   uint32
}

var _ [unsafe.Sizeof(C.lower_top{})]struct{} = [unsafe.Sizeof(top{})]struct{}{}

// tops are the nodes below the root that have records, in order.
func (g *grammar) tops(t *sitter.Tree) []top {
	c := treePointer(t)
	all := make([]top, int(C.lower_width(c)))
	in, unpin := g.pinned()
	defer unpin()
	n := C.lower_tops(c, &in, (*C.lower_top)(unsafe.Pointer(unsafe.SliceData(all))), C.uint32_t(len(all)))
	runtime.KeepAlive(t)
	return all[:n]
}

// relower is lower for a tree that was parsed from an older one, given what is below the root of each and the records
// of the older one: what the two share at their beginnings and at their ends is taken from there. The older tree must
// still be there.
func (g *grammar) relower(t *sitter.Tree, tops, oldTops []top, old []record, scratch *[]record) []record {
	before, behind := shared(tops, oldTops)
	part := g.lowerPart(t, uint32(before), uint32(len(tops)-before-behind), scratch)
	head := nth(old, before)
	tail := nth(old, len(oldTops)-behind)
	all := make([]record, head+len(part)-1+len(old)-tail)
	copy(all[1:], old[1:head])
	move(all[head:], part[1:], int32(head-1), 0)
	if behind > 0 {
		move(all[head+len(part)-1:], old[tail:], int32(head+len(part)-1-tail), tops[len(tops)-1].start-oldTops[len(oldTops)-1].start)
	}
	all[0] = part[0]
	all[0].after = int32(len(all))
	return all
}

// shared is how many of what is below the roots of two trees is the same at the beginning, where it stands where it
// did, and at the end, where all of it has moved as far.
func shared(tops, old []top) (before, behind int) {
	limit := min(len(tops), len(old))
	for before < limit && tops[before] == old[before] {
		before++
	}
	for behind < limit-before {
		now, was := tops[len(tops)-1-behind], old[len(old)-1-behind]
		if now.subtree != was.subtree || now.start-was.start != tops[len(tops)-1].start-old[len(old)-1].start {
			break // between two statements on a line there is what has no record
		}
		behind++
	}
	return before, behind
}

// nth is the number of the record of the n-th node below the root.
func nth(records []record, n int) int {
	i := int32(1)
	for ; n > 0; n-- {
		i = records[i].after
	}
	return int(i)
}

// move copies what stands below the root to other numbers and places.
func move(to, from []record, by int32, bytes uint32) {
	for i, r := range from {
		r.start, r.end, r.after = r.start+bytes, r.end+bytes, r.after+by
		if r.parent > 0 {
			r.parent += by
		}
		to[i] = r
	}
}
