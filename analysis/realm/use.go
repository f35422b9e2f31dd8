package realm

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

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
	g.useIn(to, path, from, edge{keep: u.Realms, weak: u.Lazy, script: u.Script, module: u.Module, why: Reason{file, u.Line, "uses " + path}}, hops)
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
			if code.asScript(d) {
				continue // that it is there for all does not say that anybody calls it
			}
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
		if there, ok := i.brings(name); ok && i.In < 0 {
			to, _ := g.files.module(file, i.Module)
			g.useIn(to, there, from, e, left-1)
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
