package realm

import (
	"cmp"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// pages begin on their main threads.
func (g *Graph) pages(file string) {
	if g.isPage(file) {
		g.begin(g.first[file], pyodide.Main, host.AnyEntry, Loaded, Reason{})
	}
}

func (g *Graph) isPage(file string) bool {
	kind := g.files.known[file].Kind
	return kind == host.HTML || kind == host.Component
}

// own begins with what the units of a document say that is neither a page nor loaded: an example in a text, a notebook,
// a string that a framework runs.
func (g *Graph) own(file string) {
	if g.isPage(file) {
		return
	}
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
