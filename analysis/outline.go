package analysis

import (
	"fmt"
	"path"
	"strings"
	"sync"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Part is a part of a document that a person may look for: a Python text in a host, a function that JavaScript calls, a
// worker that is started.
type Part struct {
	Name   string
	Detail string // in one line; empty if there is nothing to say
	Kind   PartKind
	Span   source.Span // of the document
	Head   source.Span // within that: what is shown when it is chosen
	Below  []Part
}

// PartKind is what a part is.
type PartKind uint8

// What parts are.
const (
	APythonText PartKind = iota
	AHandler
	AFunction
	AType
	AWorker
)

// Outline are the parts of a document, in its order. Of Python that is a file of its own, other tools tell the functions
// and the classes: of such it has the handlers and the workers alone.
func Outline(f *File, view View) (parts []Part) {
	runs := sync.OnceValue(func() []realm.Runs { return f.Runs(view) })
	for i, u := range f.Units {
		if u.ByMicroPython(view) {
			continue
		}
		p := (&run{places: runs}).of(f, view, i)
		if u.Host == nil {
			parts = append(parts, p.outline(u.Tree.Root(), false)...)
			continue
		}
		whole := u.hostSpan(source.Span{End: len(u.Source.Text())})
		first := source.Span{Start: whole.Start, End: min(whole.End, whole.Start+len(firstLine(f.Source.Text()[whole.Start:whole.End])))}
		parts = append(parts, Part{
			Name: fmt.Sprintf("Python, line %d", u.line(0)), Detail: inWords(realm.RealmsOf(p.runs().Module)), Kind: APythonText,
			Span: whole, Head: first, Below: p.outline(u.Tree.Root(), true),
		})
	}
	return parts
}

// outline are the parts of a suite.
func (p *Pass) outline(suite syntax.Node, all bool) (parts []Part) {
	for n := range suite.Within() {
		switch {
		case n.Kind() == syntax.Call:
			c, _ := p.Unit.Flow.CallAt(n)
			if started := p.Unit.Flow.Started(n); startsWorker(c) && started.Path != "" {
				parts = append(parts, Part{
					Name: started.Path, Detail: "worker", Kind: AWorker, Span: p.Unit.hostSpan(n.Span()), Head: p.Unit.hostSpan(n.Span()),
				})
			}
		case n.Kind() == syntax.FunctionDefinition, n.Kind() == syntax.ClassDefinition && all:
			name := n.Child(syntax.FieldName)
			part := Part{Name: name.Text(), Kind: AFunction, Span: p.Unit.hostSpan(n.Span()), Head: p.Unit.hostSpan(name.Span())}
			if n.Kind() == syntax.ClassDefinition {
				part.Kind = AType
			}
			if c, ok := p.CalledBack(n); ok {
				part.Kind, part.Detail = AHandler, "called by "+c.By
			}
			if name.OK() && (all || part.Kind == AHandler) {
				parts = append(parts, part)
			}
		}
	}
	return parts
}

// startsWorker says whether a call starts a worker: one of PyScript's, or JavaScript's own.
func startsWorker(c flow.Call) bool {
	return pyodide.StartsWorker(c.Name) || pyodide.MakesWorker(c.Name)
}

// Link is a place of a document that names a file.
type Link struct {
	Span source.Span // of the document
	Path string      // of the file, below or beside the document's folder, with slashes
	Why  string      // what is done with it, for people
}

// Links are the files that a document names: what pages and scripts load, and what Python starts. Whether they are there
// is for others to say.
func Links(f *File) (links []Link) {
	dir := path.Dir(slashed(f.Source.Path()))
	add := func(span source.Span, name, why string) {
		if name == "" || strings.Contains(name, ":") || strings.HasPrefix(name, "/") || strings.HasPrefix(name, "#") {
			return
		}
		links = append(links, Link{span, path.Join(dir, name), why})
	}
	if f.document != nil {
		for _, r := range f.document.References {
			if r.Kind != host.ImportsModule && r.Kind != host.MakesModule {
				add(r.Span, r.Path, r.Why)
			}
		}
	}
	for _, u := range f.Units {
		for _, c := range u.Flow.Calls() {
			text := Positional(c.Node, 0)
			if _, constant := syntax.Constant(text); constant && startsWorker(c) && text.Kind() == syntax.String {
				span, _ := inQuotes(text)
				add(u.hostSpan(span), u.Flow.Started(c.Node).Path, "worker")
			}
		}
	}
	return links
}
