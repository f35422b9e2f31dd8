package realm

import (
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
	sure   bool  // what comes before imports it at its top level, whatever happens
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
	stages := [][]func(file string){{g.said}, {g.pages, g.own}, {g.clues}, {g.started}, {g.marks}, {g.notebooks, g.needs}}
	for _, stage := range stages {
		g.stage(paths, stage...)
	}
	for i := 0; i < len(g.late); i++ { // which may lead to more of them
		g.arrive(g.late[i])
		g.settle()
	}
	g.stage(paths, g.tests)
	for _, least := range []flow.Bridge{flow.Bare, flow.Guarded, flow.NoBridge} {
		for _, entered := range []bool{false, true} { // what nothing leads to comes first
			g.stage(paths, func(file string) { g.assume(file, least, entered) })
		}
	}
}

// stage begins with what each file says of some kind, and follows that.
func (g *Graph) stage(paths []string, begins ...func(file string)) {
	for _, begin := range begins {
		for _, file := range paths {
			begin(file)
		}
	}
	g.settle()
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
			if e.script && a.entry == host.Imported {
				continue
			}
			realm := a.realm.And(e.keep)
			if e.module != "" && g.isMade(e.module, g.done) {
				realm = realm.And(pyodide.Host)
			}
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
				next := arrival{e.to, r, entry, a.basis, int32(g.done), starts, a.test, e.sure, e.why}
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
