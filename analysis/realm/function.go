package realm

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// Function is one function of a project: of a unit of a file, by its place among the functions there.
type Function struct {
	File        string
	Unit, Index int
}

// summary is what a function does by itself.
func (g *Graph) summary(f Function) *flow.Summary {
	return &g.texts(f.File)[f.Unit].Does.Functions[f.Index]
}

// called is the function that is called in a text; ok is false where that is not known.
func (g *Graph) called(file string, unit int, o flow.Open) (f Function, ok bool) {
	if o.Function != flow.None {
		return Function{file, unit, o.Function}, o.Function < len(g.texts(file)[unit].Does.Functions)
	}
	to, path := g.module(file, o.Module, o.Path)
	name, method, _ := strings.Cut(path, ".")
	if to, name = g.home(to, name, hops); to == "" {
		return Function{}, false
	}
	i := g.texts(to)[0].function(name, method)
	return Function{to, 0, i}, i != flow.None
}

// used are the functions that a use of something of another text may be of: of a class all of its methods.
func (g *Graph) used(file string, u Use) []Function {
	to, path := g.module(file, u.Module, u.Path)
	name, _, _ := strings.Cut(path, ".")
	if to, name = g.home(to, name, hops); to == "" {
		return nil
	}
	var all []Function
	for _, class := range g.texts(to)[0].Does.Classes {
		if class.Name == name {
			for _, m := range class.Methods {
				all = append(all, Function{to, 0, m.Function})
			}
			return all
		}
	}
	if i := g.texts(to)[0].function(name, ""); i != flow.None {
		all = append(all, Function{to, 0, i})
	}
	return all
}

// module is the file of a module that a file imports, and what of a path is left behind it.
func (g *Graph) module(file, name, path string) (to, rest string) {
	if top, _, _ := strings.Cut(name, "."); g.files.made[top] {
		return "", "" // in some Pyodide it is an object of a script's
	}
	to = g.files.look(file, name)
	for path != "" { // as in use: what looks like an attribute may be a module of its own
		first, after, _ := strings.Cut(path, ".")
		sub := g.files.look(file, joinModule(name, first))
		if sub == "" {
			break
		}
		name, to, path = joinModule(name, first), sub, after
	}
	return to, path
}

// home is the file of Python that defines what another one has under a name, and its name there, for it may have it
// from a third one. Nothing is said of what may be had from several.
func (g *Graph) home(file, name string, left int) (at, there string) {
	if file == "" || name == "" || left == 0 || g.files.known[file].Kind != host.Python || len(g.texts(file)) == 0 {
		return "", ""
	}
	code := g.texts(file)[0]
	if d := code.def(name); d >= 0 {
		if code.Defs[d].Other {
			return "", ""
		}
		return file, name
	}
	for _, i := range code.Imports {
		brought, ok := i.brings(name)
		if !ok || i.In >= 0 {
			continue
		}
		from, as := g.home(g.files.look(file, i.Module), brought, left-1)
		if from != "" && at != "" && (from != at || as != there) {
			return "", ""
		}
		if from != "" {
			at, there = from, as
		}
	}
	return at, there
}

// function is which of the functions of the text a definition at its top level is, or a method of it: of a class by
// itself the one that makes its instances.
func (c *Code) function(name, method string) int {
	for _, class := range c.Does.Classes {
		if class.Name == name {
			if method == "" {
				method = "__init__"
			}
			return class.Method(method)
		}
	}
	found := flow.None
	for i, f := range c.Does.Functions {
		if f.Name != name || method != "" {
			continue
		}
		if found != flow.None {
			return flow.None
		}
		found = i
	}
	return found
}

// node is the node of the definition that a function is, or stands in; that of the text if the graph has none.
func (g *Graph) node(f Function) int {
	now, made := g.texts(f.File)[f.Unit], g.python[f.File][f.Unit]
	d := now.In[f.Index]
	if now != made && (d >= len(made.Defs) || made.Defs[d].Name != now.Defs[d].Name) {
		d = made.def(now.Defs[d].Name)
	}
	return g.unit(f.File, f.Unit) + 1 + d
}

// runsIn says whether a function is not known to run elsewhere only.
func (g *Graph) runsIn(f Function, in pyodide.Realms) bool {
	got := g.nodes[g.node(f)].got
	return len(got) == 0 || slices.ContainsFunc(got, func(i int32) bool { return g.arrivals[i].realm == in })
}

// told says whether code of a function is known to run in Pyodide in some place, by what stands in its own file or
// leads there. What goes wrong with it is told there.
func (g *Graph) told(f Function, let, in pyodide.Realms) bool {
	at := g.node(f)
	if !slices.ContainsFunc(g.nodes[at].got, func(i int32) bool { return g.arrivals[i].realm == in }) {
		return false
	}
	if !let.Has(pyodide.Host) {
		return true
	}
	bridge := g.texts(f.File)[f.Unit].Bridge
	if bridge == flow.NoBridge {
		bridge = g.Reached(f.File)
	}
	return bridge == flow.Bare || !g.summary(f).InClass && g.nodes[at].used && slices.ContainsFunc(g.nodes[at].got, g.seen)
}
