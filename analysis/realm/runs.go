package realm

import (
	"cmp"
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// Runs is where a unit runs: its top level, and those of its definitions that run elsewhere, or not everywhere.
type Runs struct {
	Module []Placement
	Defs   []DefRuns
}

// DefRuns is where a function or a class of a unit runs.
type DefRuns struct {
	Name       string
	Line       int  // 1-based, of the host
	Used       bool // something in the project uses it
	Entered    bool // and that in another file
	Placements []Placement
}

// At is where the units of a file run, in their order.
func (g *Graph) At(file string) []Runs {
	if g == nil || g.files.known[file] == nil {
		return nil
	}
	if len(g.python[file]) == 0 && g.files.known[file].Kind == host.Python {
		return []Runs{{Module: g.placements(g.first[file])}}
	}
	var all []Runs
	for i, code := range g.texts(file) {
		module := g.unit(file, i)
		r := Runs{Module: g.placements(module)}
		for d, def := range code.Defs {
			at := module + 1 + d
			r.Defs = append(r.Defs, DefRuns{def.Name, def.Line, g.nodes[at].used, g.nodes[at].entered, g.placements(at)})
		}
		all = append(all, r)
	}
	return all
}

// divided says whether it is not known what of a node runs where it does: it is a script that runs in several places,
// or a definition that nothing uses of a text that does, or of one that is only imported.
func (g *Graph) divided(at int) bool {
	n := &g.nodes[at]
	definition := g.first[n.file] != at && !n.used && !n.unit
	if !definition && (g.first[n.file] != at || !isScript(g.files.known[n.file].Kind)) {
		return false
	}
	var realms pyodide.Realms
	imported := true
	for _, i := range n.got {
		realms = realms.Or(g.arrivals[i].realm.And(pyodide.InPyodide))
		imported = imported && g.arrivals[i].entry == host.Imported
	}
	return len(realms.Each()) > 1 || definition && imported
}

// seen says of an arrival whether the project is seen running something in Pyodide by it.
func (g *Graph) seen(i int32) bool {
	a := g.arrivals[i]
	return a.realm != pyodide.Host && a.basis > Taken && !g.throughDivided(i)
}

// throughDivided says whether an arrival leads through what may not run where it does.
func (g *Graph) throughDivided(i int32) bool {
	for a := g.arrivals[i]; ; a = g.arrivals[a.before] {
		if g.divided(a.node) {
			return true
		}
		if a.starts {
			return false
		}
	}
}

// placements are how a node comes to run: of each place and entry the shortest way.
func (g *Graph) placements(at int) []Placement {
	var all []Placement
	for _, i := range g.nodes[at].got {
		a := g.arrivals[i]
		p := Placement{Realm: a.realm, Entry: a.entry, Basis: a.basis, Sure: a.sure}
		for ; ; a = g.arrivals[a.before] {
			if g.divided(a.node) {
				p.Basis = min(p.Basis, Assumed)
			}
			if a.why.What != "" {
				p.Reasons = append(p.Reasons, g.placed(a.why))
			}
			if a.starts {
				p.Sure = p.Sure && !g.bare(a.node) && (a.basis > Assumed || a.test)
				break // why what starts it runs where that does is another matter
			}
			p.Sure = p.Sure && a.sure
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b Placement) int { return cmp.Compare(a.Realm, b.Realm) })
	return all
}

// bare says whether the text of a node cannot get beyond its imports in another Python.
func (g *Graph) bare(at int) bool {
	file := g.nodes[at].file
	return slices.ContainsFunc(g.python[file], func(c *Code) bool { return c.Bare })
}
