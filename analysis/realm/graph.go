package realm

import (
	"maps"
	"slices"
	"strings"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// Graph is a project's pages, scripts, workers and Python modules, and how they load each other. It is immutable; a
// nil Graph knows of no file.
type Graph struct {
	files  *files
	python map[string]Python // of the files that were parsed
	nodes  []node
	first  map[string]int // the node of each file; those of its units and their definitions follow it
	// perhaps are files that are run, or only put where Python imports them.
	perhaps []string
	// isolation is what files say of that, by their folders.
	isolation map[string][]Isolated
	// moved are the files that were edited since the graph was made, without a change of what they say.
	moved map[string]moves
	solved
}

// node is something that runs as a whole: a page or a script, the top level of a Python text, a function or a class
// of it.
type node struct {
	file  string
	fixed bool // what the file or its settings say goes over what loads it
	// foreign says that its text takes for granted that it does not run in Pyodide.
	foreign  bool
	out      []edge
	got      []int32 // the arrivals there
	unit     bool    // it is the top level of a text
	used     bool    // it is a definition that something uses
	imported bool    // a Python text imports it
	// entered says that something of another file leads there.
	entered bool
}

// edge says that what runs at one node has another run.
type edge struct {
	to    int
	keep  pyodide.Realms // in which of the places the first one runs it does
	start pyodide.Realms // where the other one runs; none for where the first does
	entry host.Entry     // of the other one
	weak  bool           // it may never come to that
	why   Reason         // empty inside of a text
}

// Parser parses files of Python and hosts, and gives what is in those that can be parsed.
type Parser func(paths []string) map[string]Python

// NewGraph makes the graph of a project from what its files say, by their slash-separated paths. Python is parsed
// only where it may be bridge code, or is reached from there; known holds what was parsed before.
func NewGraph(all map[string]*Facts, known map[string]Python, parse Parser) *Graph {
	g := &Graph{files: newFiles(all), python: map[string]Python{}, first: map[string]int{}}
	g.explore(known, parse)
	paths := slices.Sorted(maps.Keys(all))
	for _, file := range paths {
		g.add(file)
	}
	for _, file := range paths {
		g.connect(file)
	}
	for _, file := range g.perhaps {
		if !g.nodes[g.first[file]].imported {
			g.opens(file)
		}
	}
	g.solve(paths)
	g.isolate(paths)
	return g
}

// Python is what was parsed for the graph, by path.
func (g *Graph) Python() map[string]Python { return g.python }

// explore parses the Python that is bridge code, or that pages and scripts load, then what that imports, and so on.
func (g *Graph) explore(known map[string]Python, parse Parser) {
	seen := map[string]bool{}
	var next []string
	want := func(file string) {
		if facts := g.files.known[file]; facts != nil && !seen[file] && (facts.Kind == host.Python || len(facts.Units) > 0) {
			seen[file] = true
			next = append(next, file)
		}
	}
	for file, facts := range g.files.known {
		if facts.Bridge || facts.Tests || facts.Set != 0 && facts.Kind == host.Python {
			want(file)
		}
		for _, l := range facts.Links {
			want(g.linked(file, l))
		}
		for _, s := range facts.Settings {
			for _, c := range s.Files {
				want(g.files.file(file, c.From))
			}
		}
		for _, m := range facts.Marks {
			if m.Realms.And(pyodide.InPyodide) != 0 {
				for _, to := range g.files.matching(file, m) {
					want(to)
				}
			}
		}
	}
	for len(next) > 0 {
		slices.Sort(next)
		var missing []string
		for _, file := range next {
			if p, ok := known[file]; ok {
				g.python[file] = p
			} else {
				missing = append(missing, file)
			}
		}
		if len(missing) > 0 && parse != nil {
			maps.Copy(g.python, parse(missing))
		}
		now := next
		next = nil
		for _, file := range now {
			for _, code := range g.python[file] {
				if g.files.known[file].Kind == host.Markdown {
					break
				}
				for _, i := range code.Imports {
					for _, to := range g.imported(file, i, code.Paths) {
						want(to)
					}
				}
				for _, l := range code.Loads {
					want(g.files.file(file, l.Path))
				}
			}
		}
	}
}

// linked is the file that a link of a file leads to, empty if it is none of the project.
func (g *Graph) linked(file string, l Link) string {
	switch l.Kind {
	case host.LoadsPython:
		return g.files.file(file, l.Path)
	case host.LoadsScript, host.StartsWorker, host.StartsServiceWorker:
		return g.files.script(file, l.Path)
	case host.ImportsModule:
		if to, _ := g.files.module(file, l.Path); to != "" {
			return to
		}
		return g.files.only(l.Path)
	}
	return ""
}

// imported are the files that an import leads to: the module, what of it is a module of its own, and the packages
// around them.
func (g *Graph) imported(file string, i Import, paths []string) []string {
	to, packages := g.files.module(file, i.Module)
	all := slices.Clone(packages)
	if to != "" {
		all = append(all, to)
	}
	for _, name := range i.Names {
		if sub, around := g.files.module(file, joinModule(i.Module, name)); sub != "" {
			all = append(append(all, around...), sub) // all is a copy of its own
		}
	}
	if len(all) == 0 && g.files.unpacks {
		if to := g.files.only(i.Module); to != "" {
			all = append(all, to)
		}
	}
	if len(all) == 0 {
		all = g.files.below(i.Module, paths)
	}
	return all
}

// joinModule is the name of a module in a package, whose name may be nothing but dots.
func joinModule(in, name string) string {
	if name == "*" {
		return in
	}
	if strings.HasSuffix(in, ".") {
		return in + name
	}
	return in + "." + name
}

// add makes the nodes of a file: its own; behind it that of each unit, which is followed by those of its
// definitions. The node of a file of Python is that of its only unit.
func (g *Graph) add(file string) {
	g.first[file] = len(g.nodes)
	facts := g.files.known[file]
	if facts.Kind != host.Python {
		g.nodes = append(g.nodes, node{file: file})
	}
	texts := g.python[file]
	if texts == nil && facts.Kind == host.Python {
		texts = Python{{}}
	}
	for _, code := range texts {
		n := node{file: file, fixed: code.Said != 0 || facts.Set != 0, foreign: code.foreign()}
		for i := range 1 + len(code.Defs) {
			n.unit = i == 0
			g.nodes = append(g.nodes, n)
		}
	}
}

// unit is the node of a unit of a file.
func (g *Graph) unit(file string, index int) int {
	at := g.first[file]
	if g.files.known[file].Kind != host.Python {
		at++
	}
	for _, code := range g.python[file][:index] {
		at += 1 + len(code.Defs)
	}
	return at
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
		e.entry = host.Imported
	}
	g.edge(g.first[file], e)
	switch {
	case l.Kind == host.LoadsPython && g.files.known[file].Unpacks:
		g.perhaps = append(g.perhaps, to)
	case l.Kind == host.LoadsPython, l.Kind == host.ImportsModule:
		g.opens(to)
	}
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
			g.edge(module+1+i.In, edge{to: g.first[to], keep: i.Realms, entry: host.Imported, weak: i.Lazy, why: Reason{file, i.Line, "imports it"}})
		}
	}
	for _, u := range code.Uses {
		if u.Module == "" {
			if d := code.def(u.Path); d >= 0 && d != u.In {
				g.inside(module+1+u.In, module+1+d, u.Realms)
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

// hops is how far a name is followed through packages that pass it on.
const hops = 8

// use connects a Python text with a definition of another that it uses.
func (g *Graph) use(file string, from int, u Use) {
	name, path := u.Module, u.Path
	to, _ := g.files.module(file, name)
	for path != "*" { // what looks like an attribute may be a module of its own
		first, after, more := strings.Cut(path, ".")
		sub, _ := g.files.module(file, joinModule(name, first))
		if sub == "" {
			break
		}
		if name, to, path = joinModule(name, first), sub, after; !more {
			path = "*"
		}
	}
	path, _, _ = strings.Cut(path, ".")
	g.useIn(to, path, from, edge{keep: u.Realms, weak: u.Lazy, why: Reason{file, u.Line, "uses " + path}}, hops)
}

// useIn connects what uses a name of a module with the definition of it, which the module may have from another one.
func (g *Graph) useIn(file, name string, from int, e edge, left int) {
	if file == "" || left == 0 || len(g.python[file]) == 0 || g.files.known[file].Kind != host.Python {
		return
	}
	code, module := g.python[file][0], g.unit(file, 0)
	if name == "*" {
		e.why.What = "uses it"
		for d := range code.Defs {
			e.to = module + 1 + d
			g.edge(from, e)
		}
		return
	}
	if d := code.def(name); d >= 0 {
		e.to = module + 1 + d
		g.edge(from, e)
		return
	}
	for _, i := range code.Imports {
		if i.In < 0 && (slices.Contains(i.Names, name) || slices.Contains(i.Names, "*")) {
			to, _ := g.files.module(file, i.Module)
			g.useIn(to, name, from, e, left-1)
		}
	}
}

// lonely lets the definitions that nothing uses run where their text does.
func (g *Graph) lonely() {
	for i := range g.nodes {
		for _, e := range g.nodes[i].out {
			g.nodes[e.to].used = true
		}
	}
	for file, texts := range g.python {
		for i, code := range texts {
			module := g.unit(file, i)
			for d, def := range code.Defs {
				if to := module + 1 + d; !def.Taken && (!g.nodes[to].used || g.nodes[to].fixed) {
					g.inside(module, to, pyodide.AllRealms)
				}
			}
		}
	}
}

// bridge says how far a file is bridge code by itself.
func (g *Graph) bridge(file string) flow.Bridge { return g.python[file].bridge() }

// Loads is how each file of Python is run that pages and scripts load by its path.
func (g *Graph) Loads() map[string][]host.Runtime {
	loads := map[string][]host.Runtime{}
	for file, facts := range g.files.known {
		for _, l := range facts.Links {
			if l.Kind != host.LoadsPython {
				continue
			}
			if to := g.files.file(file, l.Path); to != "" {
				loads[to] = append(loads[to], l.Runtime)
			}
		}
	}
	return loads
}

// Reached says of a file, given where its units run, whether something of the project that runs in Pyodide loads or
// imports it.
func Reached(file string, all []Runs) bool {
	for _, runs := range all {
		for _, p := range runs.Module {
			elsewhere := slices.ContainsFunc(p.Reasons, func(r Reason) bool { return r.Path != "" && r.Path != file })
			if p.Realm != pyodide.Host && elsewhere {
				return true
			}
		}
	}
	return false
}
