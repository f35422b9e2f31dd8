package syntax

/*
#include "lower.h"
*/
import "C"

import (
	"math"
	"reflect"
	"runtime"
	"slices"
	"unsafe"

	sitter "github.com/smacker/go-tree-sitter"
)

// record is one lowered node; it has the layout of lower_record.
type record struct {
	start, end uint32
	parent     int32
	after      int32
	kind       Kind
	field      Field
	flags      uint8
	_          uint8
}

const (
	flagBroken  = C.LOWER_BROKEN
	flagMissing = C.LOWER_MISSING
	flagInError = C.LOWER_IN_ERROR
)

// The two layouts must agree; a difference does not compile.
var _ [unsafe.Sizeof(C.lower_record{})]struct{} = [unsafe.Sizeof(record{})]struct{}{}

// grammar says what the symbols and fields of one tree-sitter language mean here.
type grammar struct {
	language *sitter.Language
	kinds    []Kind  // by symbol
	fields   []Field // by field id
}

// newGrammar maps a language; unlisted is the kind of the nodes that no kind is named for.
func newGrammar(language *sitter.Language, unlisted Kind) *grammar {
	g := &grammar{language: language, kinds: make([]Kind, language.SymbolCount())}
	for s := range g.kinds {
		symbol := sitter.Symbol(s)
		switch name := language.SymbolName(symbol); {
		case language.SymbolType(symbol) == sitter.SymbolTypeRegular:
			kind, listed := kindNamed[name]
			if !listed && !pieces[name] {
				kind = unlisted
			}
			g.kinds[s] = kind
		case name == "async":
			g.kinds[s] = Async
		}
	}
	g.fields = []Field{NoField}
	for id := 1; ; id++ { // fields are numbered from 1 and end where the name does
		name := language.FieldName(id)
		if name == "" {
			return g
		}
		g.fields = append(g.fields, fieldNamed[name])
	}
}

// pieces are named nodes that hold nothing, and of which texts have many.
var pieces = map[string]bool{"string_fragment": true, "escape_sequence": true, "jsx_text": true}

// treePointer reads the C pointer that the binding keeps to itself. Reading it by the field's name makes a
// renamed field a panic, which the tests of this package would see, and not garbage.
func treePointer(t *sitter.Tree) *C.TSTree {
	return (*C.TSTree)(reflect.ValueOf(t.BaseTree).Elem().FieldByName("c").UnsafePointer())
}

func hasError(t *sitter.Tree) bool {
	defer runtime.KeepAlive(t)
	return bool(C.lower_has_error(treePointer(t)))
}

// lower copies a tree into records. scratch is working memory, reused and grown; the records returned lie
// in memory of their own.
func (g *grammar) lower(t *sitter.Tree, scratch *[]record) []record {
	return slices.Clone(g.lowerPart(t, 0, math.MaxUint32, scratch))
}

// lowerPart is lower for count of what is below the root, from the first on, into the working memory.
func (g *grammar) lowerPart(t *sitter.Tree, first, count uint32, scratch *[]record) []record {
	c := treePointer(t)
	if n := int(C.lower_count(c)); cap(*scratch) < n {
		*scratch = make([]record, n)
	}
	out := (*scratch)[:cap(*scratch)]
	in, unpin := g.pinned()
	defer unpin()
	n := C.lower_tree(c, &in, C.uint32_t(first), C.uint32_t(count), (*C.lower_record)(unsafe.Pointer(unsafe.SliceData(out))), C.uint32_t(len(out)))
	runtime.KeepAlive(t)
	return out[:n]
}

// pinned is the grammar as C has it, until unpin is called.
func (g *grammar) pinned() (in C.lower_grammar, unpin func()) {
	var pin runtime.Pinner
	pin.Pin(unsafe.SliceData(g.kinds))
	pin.Pin(unsafe.SliceData(g.fields))
	return C.lower_grammar{
		kinds: (*C.uint8_t)(unsafe.Pointer(unsafe.SliceData(g.kinds))), kind_count: C.uint32_t(len(g.kinds)),
		fields: (*C.uint8_t)(unsafe.Pointer(unsafe.SliceData(g.fields))), field_count: C.uint32_t(len(g.fields)),
		error_kind: C.uint8_t(Error), operator_kind: C.uint8_t(Operator), operator_field: C.uint8_t(FieldOperator),
	}, pin.Unpin
}
