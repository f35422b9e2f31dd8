package analysis

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax/host"
)

// factsOf are what a file says of where code runs, without what its Python says once it is parsed. The document is
// what it holds, nil if it holds nothing.
func factsOf(file string, kind host.Kind, text string, d *host.Document) realm.Facts {
	facts := realm.Facts{
		Kind: kind, Marks: realm.MarksIn(file, text), Brings: realm.BringsIn(file, kind, text), Outside: realm.OutsideIn(file, text),
		Root: realm.RootIn(file, text),
	}
	if isolation, ok := realm.IsolationIn(file, text); ok {
		facts.Isolation = append(facts.Isolation, isolation)
	}
	switch kind {
	case host.Python:
		facts.App = realm.AppOf(text)
	case host.Settings, host.SettingsJSON:
		if s, ok := realm.PyScriptIn(text); ok {
			facts.Settings = append(facts.Settings, s)
		}
	case host.HTML, host.Component:
		facts.Settings, facts.Memory = realm.PyScriptOfPage(text), realm.MemoryIn(text)
	case host.JavaScript, host.TypeScript:
		facts.Memory = realm.MemoryIn(text)
	}
	facts.Unpacks = slices.ContainsFunc(unpackers, func(name string) bool { return strings.Contains(text, name) })
	if d == nil || kind == host.Python {
		return facts
	}
	lines := counting(text)
	for _, u := range d.Units {
		facts.Units = append(facts.Units, realm.Unit{Realms: u.Realms, Entry: u.Entry, Runtime: u.Runtime, Loose: u.Form == host.Shape, Name: u.Name, Why: u.Why, Line: lines(u.At.Start)})
	}
	lines = counting(text)
	for _, r := range d.References {
		facts.Links = append(facts.Links, realm.Link{
			Kind: r.Kind, Path: r.Path, Runtime: r.Runtime, Entry: r.Entry, Name: r.Name, Module: r.Module, Realms: r.Realms, Why: r.Why, Line: lines(r.Span.Start),
		})
	}
	facts.Isolation = append(facts.Isolation, isolationOf(facts)...)
	for _, c := range d.Clues {
		facts.Clues = append(facts.Clues, realm.Clue{Realms: c.Realms, What: c.What, Line: counting(text)(c.Span.Start)})
	}
	return facts
}

// isolationOf is what the links and the settings of a page say of its isolation.
func isolationOf(facts realm.Facts) (all []realm.Isolation) {
	for _, l := range facts.Links {
		switch {
		case l.Kind == host.LoadsScript && realm.IsolatesByScript(l.Path):
			all = append(all, realm.Isolation{Line: l.Line, Isolates: true, What: "loads " + l.Path})
		case l.Kind == host.StartsServiceWorker && strings.HasPrefix(l.Why, "<script type="): // which stands in for shared memory
			all = append(all, realm.Isolation{Line: l.Line, Reaches: true, What: "has a service worker for that"})
		}
	}
	for _, s := range facts.Settings {
		if s.SyncMainOnly {
			all = append(all, realm.Isolation{Line: s.Line, Reaches: true, What: "sets sync_main_only"})
		}
	}
	return all
}

// unpackers are what puts files into Pyodide's file system.
// Source: https://pyodide.org/en/stable/usage/accessing-files.html
var unpackers = []string{"unpackArchive", "FS.writeFile", "FS.mount", "mountNativeFS", ".whl", "micropip.install"}

// counting numbers the lines of offsets that are asked for in order, from 1 on.
func counting(text string) func(offset int) int {
	line, at := 1, 0
	return func(offset int) int {
		offset = min(offset, len(text))
		if offset < at {
			line, at = 1, 0
		}
		line += strings.Count(text[at:offset], "\n")
		at = offset
		return line
	}
}

// Python is what the Python in a document says of where it and other files run.
func (f *File) Python() realm.Python {
	var all realm.Python
	for _, u := range f.Units {
		all = append(all, u.code())
	}
	return all
}

// newCode is what a unit says of where it and other files run.
func (u *Unit) newCode() *realm.Code {
	code := realm.CodeOf(u.Scopes, u.Flow, u.line, u.place)
	code.Bridge = u.bridge()
	for _, d := range u.directives {
		if d.realm != 0 {
			code.Said, code.SaidLine = d.realm, u.line(d.span.Start)
		}
	}
	return code
}

// line is the line of the document on which an offset of the unit stands, 1-based.
func (u *Unit) line(offset int) int {
	if u.Host == nil {
		return 1 + u.Source.LineOf(offset)
	}
	return 1 + u.around.LineOf(u.hostSpan(source.Span{Start: offset, End: offset}).Start)
}

// place is the place in the document of a span of the unit.
func (u *Unit) place(span source.Span) source.Range {
	if u.Host == nil {
		return u.Source.Range(span)
	}
	return u.around.Range(u.hostSpan(span))
}

// newAlone is the graph of a document of whose project nothing is known.
func (f *File) newAlone() *realm.Graph {
	file := slashed(f.Source.Path())
	facts := factsOf(file, f.Kind, f.Source.Text(), f.document)
	facts.Set, facts.Bridge = f.set, true
	return realm.NewGraph(map[string]*realm.Facts{file: &facts}, map[string]realm.Python{file: f.Python()}, nil)
}

// within is the graph of the document's project for questions about what functions do.
func (f *File) within(project *Project) *realm.Graph {
	if project == nil {
		return f.alone()
	}
	return project.graph.As(slashed(f.Source.Path()), f.Python())
}
