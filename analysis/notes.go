package analysis

import (
	"fmt"
	"sync"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Note is a word about a value, to be shown in the text.
type Note struct {
	At   int // of the document: behind this
	Kind NoteKind
	Text string
}

// NoteKind is what a note is about.
type NoteKind uint8

// What notes are about: who destroys a proxy, whether bytes are copied, whether a value may be null.
const (
	OfOwner NoteKind = iota
	OfCopy
	OfNull
)

// Notes are the notes in a part of a document, in the order of their places within each kind.
func Notes(f *File, view View, within source.Span) (notes []Note) {
	runs := sync.OnceValue(func() []realm.Runs { return f.Runs(view) })
	for i, u := range f.Units {
		if u.ByMicroPython(view) {
			continue
		}
		p := (&run{places: runs}).of(f, view, i)
		note := func(at int, kind NoteKind, text string) {
			if at = u.hostSpan(source.Span{Start: at, End: at}).Start; at >= within.Start && at <= within.End {
				notes = append(notes, Note{at, kind, text})
			}
		}
		for _, made := range p.Proxies() {
			if when := p.endsWhen(made); when != "" && made.Value.Kind() == syntax.Call {
				note(made.Value.Span().End, OfOwner, when)
			}
		}
		for _, c := range u.Flow.Calls() {
			if v, ok := u.Flow.View(c.Object()); ok && c.Object().OK() && pyodide.Copies[c.Method] {
				note(c.Node.Span().End, OfCopy, fmt.Sprintf("copies the %s", v.Array.Name))
			}
		}
		for n := range u.Tree.Of(syntax.Assignment) {
			name := n.Child(syntax.FieldLeft)
			if _, null := u.Flow.Null(n.Child(syntax.FieldRight)); null && name.Kind() == syntax.Identifier {
				note(name.Span().End, OfNull, "may be null")
			}
		}
	}
	return notes
}

// endsWhen says in some words when a proxy ends; empty where the text does not show that.
func (p *Pass) endsWhen(made Proxied) string {
	switch lines := p.destroyedAt(made); {
	case made.Once:
		return "ends with its call"
	case made.Held:
		return "kept by what makes it"
	case len(lines) > 0:
		return "destroyed on line " + lines[0]
	}
	return ""
}
