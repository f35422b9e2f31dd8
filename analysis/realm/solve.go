package realm

import (
	"cmp"
	"slices"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// arrival is one way in which a node comes to run, and the one before it that leads there.
type arrival struct {
	node   int
	realm  pyodide.Realms
	entry  host.Entry
	basis  Basis
	before int32 // -1 where it begins
	starts bool  // that it runs there is said here, and not by what comes before
	test   bool  // it begins with what looks like a test
	why    Reason
}

// solved is where everything runs.
type solved struct {
	arrivals []arrival // each behind the one that leads there, so that the first ones at a node are the shortest
	done     int       // how many of them have been followed
	late     []arrival // those that are only assumed, until it is known what is more
}

// solve finds out where everything runs. What rests on something firm is settled before what does not: a node that
// runs somewhere by one basis takes nothing by a weaker one.
func (g *Graph) solve(paths []string) {
	g.lonely()
	for _, file := range paths {
		g.said(file)
	}
	g.settle()
	for _, file := range paths {
		if facts := g.files.known[file]; facts.Kind == host.HTML || facts.Kind == host.Component {
			g.begin(g.first[file], pyodide.Main, host.AnyEntry, Loaded, Reason{})
		} else {
			g.own(file)
		}
	}
	g.settle()
	for _, file := range paths {
		g.clues(file)
	}
	g.settle()
	for _, file := range paths {
		g.started(file)
	}
	g.settle()
	for _, file := range paths {
		g.marks(file)
	}
	g.settle()
	for _, file := range paths {
		g.notebooks(file)
		g.needs(file)
	}
	g.settle()
	for i := 0; i < len(g.late); i++ { // which may lead to more of them
		g.arrive(g.late[i])
		g.settle()
	}
	for _, file := range paths {
		g.tests(file)
	}
	g.settle()
	for _, least := range []flow.Bridge{flow.Bare, flow.Guarded, flow.NoBridge} {
		for _, entered := range []bool{false, true} { // what nothing leads to comes first
			for _, file := range paths {
				g.assume(file, least, entered)
			}
			g.settle()
		}
	}
}

// begin has a node run somewhere, which nothing else in the graph leads to.
func (g *Graph) begin(at int, realms pyodide.Realms, entry host.Entry, basis Basis, why Reason) {
	for _, r := range realms.Each() {
		g.arrive(arrival{node: at, realm: r, entry: entry, basis: basis, before: -1, starts: true, why: why})
	}
}

// arrive notes that a node runs in a way, if that is news, and if nothing firmer says where it runs. That code runs
// in Pyodide leaves room for its tests, which run elsewhere.
func (g *Graph) arrive(a arrival) {
	n := &g.nodes[a.node]
	besides := a.realm == pyodide.Host && (a.basis > Assumed || a.test)
	if n.foreign && a.basis <= Taken && a.realm != pyodide.Host && a.before >= 0 {
		return
	}
	for _, i := range n.got {
		if other := g.arrivals[i]; other.basis > a.basis && !besides || other.realm == a.realm && other.entry == a.entry {
			return
		}
	}
	n.got = append(n.got, int32(len(g.arrivals)))
	g.arrivals = append(g.arrivals, a)
}

// settle follows the arrivals until there is no news.
func (g *Graph) settle() {
	for ; g.done < len(g.arrivals); g.done++ {
		a := g.arrivals[g.done]
		for _, e := range g.nodes[a.node].out {
			realm := a.realm.And(e.keep)
			if realm == 0 || e.why != (Reason{}) && g.nodes[e.to].fixed {
				continue
			}
			starts := e.start != 0 && realm != pyodide.Host // what another Python names runs with that, whatever it is
			if starts {
				realm = e.start
			}
			entry := e.entry
			if e.why == (Reason{}) {
				entry = a.entry
			}
			for _, r := range realm.Each() {
				next := arrival{e.to, r, entry, a.basis, int32(g.done), starts, a.test, e.why}
				if e.weak && a.basis > Assumed {
					next.basis = Assumed
					g.late = append(g.late, next)
					continue
				}
				g.arrive(next)
			}
		}
	}
}

// own begins with what the units of a document say that is neither a page nor loaded: an example in a text, a notebook,
// a string that a framework runs.
func (g *Graph) own(file string) {
	for i, u := range g.files.known[file].Units {
		if i < len(g.python[file]) && u.Realms != 0 && u.Runtime != host.MicroPython {
			g.begin(g.unit(file, i), u.Realms, u.Entry, Loaded, Reason{file, u.Line, u.Why})
		}
	}
}

// said begins with what comments in the code and settings say.
func (g *Graph) said(file string) {
	facts := g.files.known[file]
	for i, code := range g.python[file] {
		switch {
		case code.Said != 0:
			g.begin(g.unit(file, i), code.Said, g.entryOf(file, i), Directed, Reason{file, code.SaidLine, "the comment says so"})
		case facts.Set != 0:
			g.begin(g.unit(file, i), facts.Set, g.entryOf(file, i), Set, Reason{What: "the settings say so"})
		}
	}
}

// entryOf is how the host of a unit enters it.
func (g *Graph) entryOf(file string, index int) host.Entry {
	if units := g.files.known[file].Units; index < len(units) {
		return units[index].Entry
	}
	return host.AnyEntry
}

// clues begin with what scripts that nothing loads take for granted.
func (g *Graph) clues(file string) {
	facts := g.files.known[file]
	if len(g.nodes[g.first[file]].got) > 0 || len(facts.Clues) == 0 {
		return
	}
	common := pyodide.AllRealms
	for _, c := range facts.Clues {
		common = common.And(c.Realms)
	}
	if common == 0 {
		return // it takes for granted what no one place has
	}
	if common == pyodide.Worker|pyodide.ServiceWorker { // of the two it is the one that there is most of
		common = pyodide.Worker
	}
	c := facts.Clues[0]
	g.begin(g.first[file], common, host.AnyEntry, Loaded, Reason{file, c.Line, c.What})
}

// started begins with the workers that are started by scripts of which it is not known where they run themselves.
func (g *Graph) started(file string) {
	at := g.first[file]
	if len(g.nodes[at].got) > 0 {
		return
	}
	for _, e := range g.nodes[at].out {
		if e.start != 0 && e.why.Path != "" && g.nodes[e.to].file != file {
			g.begin(e.to, e.start, e.entry, Loaded, e.why)
		}
	}
}

// marks begin with what frameworks say.
func (g *Graph) marks(file string) {
	for _, m := range g.files.known[file].Marks {
		if m.Weak {
			continue
		}
		for _, to := range g.files.matching(file, m) {
			why := Reason{file, m.Line, m.What}
			g.begin(g.first[to], m.Realms, m.Entry, Marked, why)
			for i := range g.files.known[to].Units {
				if i < len(g.python[to]) {
					g.begin(g.unit(to, i), m.Realms, cmp.Or(m.Entry, g.entryOf(to, i)), Marked, why)
				}
			}
		}
	}
}

// needs begin with what code takes for granted of where it runs.
func (g *Graph) needs(file string) {
	for i, code := range g.python[file] {
		module := g.unit(file, i)
		if len(g.nodes[module].got) > 0 {
			continue
		}
		for _, n := range code.Needs {
			if n.Realms == pyodide.Host {
				continue // a test may run in Pyodide as well
			}
			g.begin(module+1+n.In, n.Realms, g.entryOf(file, i), Taken, Reason{file, n.Line, n.What})
		}
	}
}

// notebooks begin with those that import the bridge, which only the kernels of JupyterLite have: they are workers.
// Source: https://jupyterlite.readthedocs.io/en/latest/reference/faq.html
func (g *Graph) notebooks(file string) {
	if g.files.known[file].Kind != host.Notebook {
		return
	}
	for i, code := range g.python[file] {
		if at := g.unit(file, i); code.Bridge == flow.Bare && len(g.nodes[at].got) == 0 {
			g.begin(at, pyodide.Worker, host.AsyncEntry, Taken, Reason{file, 1, "a notebook that imports the bridge"})
		}
	}
}

// tests begin with what looks like a test or a server, which runs in another Python if nothing else is known.
func (g *Graph) tests(file string) {
	for _, m := range g.files.known[file].Marks {
		if at := g.first[file]; m.Weak && len(g.nodes[at].got) == 0 {
			g.arrive(arrival{node: at, realm: m.Realms, basis: Assumed, before: -1, starts: true, test: true, why: Reason{file, m.Line, m.What}})
		}
	}
	for i, code := range g.python[file] {
		module := g.unit(file, i)
		for _, n := range code.Needs {
			if code.foreign() && n.Realms == pyodide.Host && n.In < 0 && len(g.nodes[module].got) == 0 {
				g.arrive(arrival{node: module, realm: n.Realms, basis: Assumed, before: -1, starts: true, test: true, why: Reason{file, n.Line, n.What}})
			}
		}
	}
}

// assume begins with what is left: bridge code runs on the main thread, if nothing says otherwise, and what has
// nothing to do with the bridge does not run in Pyodide.
func (g *Graph) assume(file string, least flow.Bridge, entered bool) {
	if g.files.known[file].Kind != host.Python || len(g.python[file]) == 0 {
		return
	}
	if at := g.unit(file, 0); len(g.nodes[at].got) == 0 && (entered || !g.nodes[at].entered) && g.bridge(file) >= least {
		realm := map[flow.Bridge]pyodide.Realms{flow.Bare: pyodide.Main, flow.Guarded: pyodide.Main | pyodide.Host, flow.NoBridge: pyodide.Host}[least]
		if g.python[file][0].Asks && realm.Has(pyodide.Main) {
			realm |= pyodide.Worker // it knows of both
		}
		g.begin(at, realm, host.AnyEntry, Assumed, Reason{})
	}
}

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
			r.Defs = append(r.Defs, DefRuns{def.Name, def.Line, g.nodes[at].used, g.placements(at)})
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

// placements are how a node comes to run: of each place and entry the shortest way.
func (g *Graph) placements(at int) []Placement {
	var all []Placement
	for _, i := range g.nodes[at].got {
		a := g.arrivals[i]
		p := Placement{Realm: a.realm, Entry: a.entry, Basis: a.basis}
		for ; ; a = g.arrivals[a.before] {
			if g.divided(a.node) {
				p.Basis = min(p.Basis, Assumed)
			}
			if a.why.What != "" {
				p.Reasons = append(p.Reasons, g.placed(a.why))
			}
			if a.starts {
				break // why what starts it runs where that does is another matter
			}
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b Placement) int { return cmp.Compare(a.Realm, b.Realm) })
	return all
}
