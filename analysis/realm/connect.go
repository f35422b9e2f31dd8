package realm

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// edge says that what runs at one node has another run.
type edge struct {
	to    int
	keep  pyodide.Realms // in which of the places the first one runs it does
	start pyodide.Realms // where the other one runs; none for where the first does
	entry host.Entry     // of the other one
	weak  bool           // it may never come to that
	sure  bool           // it comes to that wherever the text runs that imports the other one, and nothing catches a failure
	// script says that it comes to that only where the first one runs as a script, and is not imported.
	script bool
	// module is the name by which Python imports the other one. It leads nowhere in a Pyodide where a script gives the name
	// to an object.
	module string
	why    Reason // empty inside of a text
}

func (g *Graph) connect(file string) {
	facts, own := g.files.known[file], g.first[file]
	if facts.Kind == host.Markdown {
		return // what an example loads is an example
	}
	for i, u := range facts.Units {
		if i < len(g.python[file]) && u.Runtime != host.MicroPython {
			keep := pyodide.AllRealms
			if u.Loose {
				keep = keep.Without(pyodide.Main)
			}
			g.edge(own, edge{to: g.unit(file, i), keep: keep, start: u.Realms, entry: u.Entry, why: Reason{file, u.Line, u.Why}})
		}
	}
	for _, l := range facts.Links {
		g.link(file, l)
	}
	g.configure(file)
	for i := range g.python[file] {
		g.connectCode(file, i)
	}
}

func (g *Graph) edge(from int, e edge) {
	g.nodes[from].out = append(g.nodes[from].out, e)
	if to := &g.nodes[e.to]; to.file != g.nodes[from].file {
		to.entered = true
	}
}

// link connects a file with what it loads.
func (g *Graph) link(file string, l Link) {
	to := g.linked(file, l)
	if to == "" || l.Runtime == host.MicroPython {
		return
	}
	e := edge{to: g.first[to], keep: pyodide.AllRealms, start: l.Realms, entry: l.Entry, why: Reason{file, l.Line, l.Why}}
	switch l.Kind {
	case host.StartsWorker:
		e.keep, e.start = pyodide.InPyodide, pyodide.Worker
	case host.StartsServiceWorker:
		e.keep, e.start = pyodide.InPyodide, pyodide.ServiceWorker
	case host.ImportsModule:
		e.entry, e.module = host.Imported, l.Path
	case host.LoadsPython:
		if l.Module != "" && l.Entry == host.AnyEntry && g.importsItself(file, l.Module) {
			e.entry = host.Imported
		}
	}
	g.edge(g.first[file], e)
	switch {
	case l.Kind == host.LoadsPython && g.files.known[file].Unpacks:
		g.perhaps = append(g.perhaps, to)
	case l.Kind == host.LoadsPython, l.Kind == host.ImportsModule:
		g.opens(to)
	}
}

// importsItself says whether a script is certain to import a module by its name, at the top level of what it runs.
func (g *Graph) importsItself(file, module string) bool {
	facts := g.files.known[file]
	for _, l := range facts.Links {
		if l.Kind == host.ImportsModule && l.Path == module {
			return true
		}
	}
	for i, u := range facts.Units {
		if i >= len(g.python[file]) || u.Loose || u.Runtime == host.MicroPython {
			continue
		}
		for _, m := range g.python[file][i].Imports {
			if m.Module == module && m.In < 0 && m.Realms == pyodide.AllRealms {
				return true
			}
		}
	}
	return false
}

// opens lets everything run that a file of Python defines where the file does: what loads it is no Python, and which
// of it that calls is not known.
func (g *Graph) opens(file string) {
	if facts := g.files.known[file]; facts.Kind != host.Python || len(g.python[file]) == 0 {
		return
	}
	module := g.unit(file, 0)
	for d := range g.python[file][0].Defs {
		g.inside(module, module+1+d, pyodide.AllRealms)
	}
}

// inside connects nodes of one text.
func (g *Graph) inside(from, to int, keep pyodide.Realms) {
	g.edge(from, edge{to: to, keep: keep})
}

// configure connects a page with what its settings name: modules of Python, which are there to be imported, and
// modules of JavaScript.
func (g *Graph) configure(file string) {
	settings := []string{file}
	for _, l := range g.files.known[file].Links {
		if l.Kind == host.ReadsSettings {
			if to := g.files.file(file, l.Path); to != "" {
				settings = append(settings, to)
			}
		}
	}
	for _, at := range settings {
		for _, s := range g.files.known[at].Settings {
			for _, m := range s.JSModules {
				if to := g.files.script(at, m.Path); to != "" {
					g.edge(g.first[file], edge{to: g.first[to], keep: pyodide.InBrowser, start: m.Realms, why: Reason{at, m.Line, "js_modules"}})
				}
			}
		}
	}
}

// connectCode connects a Python text with what it imports, uses and starts.
func (g *Graph) connectCode(file string, index int) {
	code, module := g.python[file][index], g.unit(file, index)
	for _, i := range code.Imports {
		for _, to := range g.imported(file, i, code.Paths) {
			g.nodes[g.first[to]].imported = true
			g.edge(module+1+i.In, edge{to: g.first[to], keep: i.Realms, entry: host.Imported, weak: i.Lazy, sure: i.In < 0 && !i.Tried, module: i.Module, why: Imports(file, i.Line)})
		}
	}
	for _, u := range code.Uses {
		if u.Module == "" {
			if d := code.def(u.Path); d >= 0 && d != u.In {
				g.edge(module+1+u.In, edge{to: module + 1 + d, keep: u.Realms, weak: u.Lazy, script: u.Script})
			}
			continue
		}
		g.use(file, module+1+u.In, u)
	}
	for _, l := range code.Loads {
		g.load(file, module+1+l.In, l)
	}
}

// load connects a Python text with the file that it has run elsewhere.
func (g *Graph) load(file string, from int, l Load) {
	to := g.files.file(file, l.Path)
	if l.Script {
		to = g.files.script(file, l.Path)
	}
	if to == "" || l.Runtime == host.MicroPython {
		return
	}
	entry := host.AnyEntry // of what is fetched nobody knows how it is run
	if l.Started != 0 {
		entry = host.AsyncEntry
	}
	g.edge(from, edge{to: g.first[to], keep: l.Realms, start: l.Started, entry: entry, why: Reason{file, l.Line, l.Why}})
	if !l.Script {
		g.opens(to)
	}
}
