package realm

import (
	"maps"
	"slices"

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
	// made are the files in whose Pyodide a name is a module that a script makes, by the name.
	made map[string]map[string]bool
	// isolation is what files say of that, by their folders.
	isolation map[string][]Isolated
	loads     map[string][]host.Runtime
	brought   *Brought
	// functions is how many the project has, as far as it was parsed, and memo what is known of them.
	functions int
	memo      *memo
	named     []namedWorker
	// moved are the files that were edited since the graph was made, without a change of what they say.
	moved map[string]moves
	sharing
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

// NewGraph makes the graph of a project from what its files say, by their slash-separated paths. Python is parsed
// only where it may be bridge code, or is reached from there; known holds what was parsed before.
func NewGraph(all map[string]*Facts, known map[string]Python, parse Parser) *Graph {
	g := &Graph{files: newFiles(all), python: map[string]Python{}, first: map[string]int{}, memo: &memo{}}
	g.explore(known, parse)
	for _, python := range g.python {
		g.functions += python.functions()
	}
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
	g.made, g.loads, g.brought = g.makers(), g.readLoads(), g.readBrought()
	g.solve(paths)
	g.isolate(paths)
	g.share(paths)
	g.name(paths)
	return g
}

// Python is what was parsed for the graph, by path.
func (g *Graph) Python() map[string]Python { return g.python }

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

// bridge says how far a file is bridge code by itself.
func (g *Graph) bridge(file string) flow.Bridge { return g.python[file].bridge() }

// readLoads is how each file of Python is run that pages and scripts load by its path.
func (g *Graph) readLoads() map[string][]host.Runtime {
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

// Loads is how a file of Python is run by the pages and scripts that load it by its path.
func (g *Graph) Loads(file string) []host.Runtime { return g.loads[file] }

// Reached says of a file how bridge code of the project loads or imports it, or has it run in Pyodide.
func (g *Graph) Reached(file string) flow.Bridge {
	if slices.Contains(g.loads[file], host.Pyodide) {
		return flow.Bare
	}
	if g.files.known[file] == nil {
		return flow.NoBridge
	}
	tops := []int{g.first[file]}
	if g.files.known[file].Kind != host.Python {
		tops = nil
	}
	for i := range g.python[file] {
		tops = append(tops, g.unit(file, i))
	}
	for _, at := range tops {
		if slices.ContainsFunc(g.nodes[at].got, func(i int32) bool { return g.fromElsewhere(i, file) }) {
			return flow.Guarded // it may run elsewhere too
		}
	}
	return flow.NoBridge
}

// fromElsewhere says of an arrival in Pyodide whether another file has a part in it.
func (g *Graph) fromElsewhere(i int32, file string) bool {
	for a := g.arrivals[i]; a.realm != pyodide.Host; a = g.arrivals[a.before] {
		if a.why.What != "" && a.why.Path != "" && a.why.Path != file {
			return true
		}
		if a.starts {
			break
		}
	}
	return false
}
