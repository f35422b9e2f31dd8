package pyodide

import (
	"maps"
	"strings"
	"sync"
)

// JSNull is what JavaScript's null is in Python since KnowsNull; before, and where loadPyodide is told convertNullToNone,
// it is None. JavaScript's undefined is None on all versions.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.jsnull
const (
	JSNull    = "jsnull"
	KnowsNull = V028
)

// NullTests are the functions that say whether a value is None or null.
// Source: https://docs.pyscript.net/latest/api/ffi/
var NullTests = map[string]bool{"pyscript.ffi.is_none": true}

// Finder is what an element is looked for by.
type Finder uint8

// What elements are looked for by.
const (
	ByID Finder = iota
	BySelector
)

// Finders are the methods that find one element, or give null.
// Sources: https://dom.spec.whatwg.org/#interface-nonelementparentnode, https://dom.spec.whatwg.org/#interface-parentnode
var Finders = map[string]Finder{"getElementById": ByID, "querySelector": BySelector}

// NullAt is the member that gives what a path leads to, if that may be null: "js.document.activeElement", or
// "js.localStorage.getItem()" of a call.
func NullAt(path string) (m Member, ok bool) {
	r := reach(path)
	if !r.member.Null || r.class || r.member.operation() != r.called {
		return Member{}, false
	}
	return r.member, true
}

// operation says whether a member is called.
func (m Member) operation() bool {
	name := m.Name + "()"
	if m.Static {
		name = "." + name
	}
	_, ok := faceOf(m.Of).members()[name]
	return ok
}

// True says whether Python takes all that a member gives for true, but for null. It takes for false what is empty: a list,
// a map, a buffer, but no element of a page.
// Source: JsvObject_toBool in pyodide/src/core/jslib.c
func (m Member) True() bool {
	if m.Besides == SomeObject {
		return true
	}
	return m.Gives != "" && !strings.HasSuffix(m.Gives, "[]") && neverEmpty(m.Gives)
}

// neverEmpty says whether no object of an interface, or of one that is made of it, is false.
func neverEmpty(of string) bool {
	if strings.HasPrefix(of, "HTML") && strings.HasSuffix(of, "Element") {
		return true
	}
	for _, name := range []string{"size", "byteLength", "[]"} {
		if _, has := inherited(of, name); has {
			return false
		}
	}
	for _, below := range derived()[of] {
		if !neverEmpty(below) {
			return false
		}
	}
	return true
}

// NullOfEvent is the attribute of events of a name that may be null whatever kind of event has it; ok is false for those
// of all kinds, such as target, of which none is null while a handler runs.
// Source: https://dom.spec.whatwg.org/#concept-event-dispatch
func NullOfEvent(name string) (m Member, ok bool) {
	m, ok = nullsOfEvents()[name]
	return m, ok
}

var nullsOfEvents = sync.OnceValue(func() map[string]Member {
	nulls, others := map[string]Member{}, map[string]bool{}
	for name, f := range faces() {
		if !isEvent(name) {
			continue
		}
		for form, m := range f.members() {
			switch {
			case m.Null && name != "Event" && !strings.HasSuffix(form, "()"):
				if known, ok := nulls[form]; !ok || m.Of < known.Of {
					nulls[form] = m
				}
			default:
				others[form] = true
			}
		}
	}
	maps.DeleteFunc(nulls, func(form string, _ Member) bool { return others[form] })
	return nulls
})

// isEvent says whether an interface is that of an event.
func isEvent(name string) bool {
	for at := name; at != ""; at = faceOf(at).base {
		if at == "Event" {
			return true
		}
	}
	return false
}
