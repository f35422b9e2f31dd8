package realm

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Awaited is a function of the page that a worker calls by PyScript's sync, and waits for.
type Awaited struct {
	Name string
	Line int
}

// Worker is a worker of PyScript, as far as those need to know it who call it.
type Worker struct {
	Path    string   // its file
	Exports []string // what it has called by others, nil where that is not known
	Awaited []Awaited
}

// Workers are workers of PyScript, by how a file has them.
type Workers map[flow.Worker]Worker

// exports reads what a worker has called by others. What is put into sync can be called as well, by whatever name.
// Source: https://docs.pyscript.net/latest/user-guide/workers/, esm/worker/_template.js of polyscript
func (r *reader) exports() {
	name := r.Module().Name("__export__")
	if name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByAssignment || len(r.References(name)) > 0 ||
		strings.Contains(r.Tree().Text(), "sync") || strings.Contains(r.Tree().Text(), "xworker") {
		return
	}
	list := name.Bindings[0].Value
	if list.Kind() != syntax.List && list.Kind() != syntax.Tuple {
		return
	}
	all := []string{}
	for item := range list.Children() {
		text, ok := syntax.Constant(item)
		if !ok {
			return
		}
		all = append(all, text)
	}
	r.code.Exports = all
}

// awaits reads which functions of the page a worker calls and waits for. Whoever awaits such a call may run where it
// gives a promise, on a page that is not cross-origin isolated.
func (r *reader) awaits() {
	for _, c := range r.flow.Calls() {
		at := strings.LastIndexByte(c.Name, '.')
		if at < 0 || !pyodide.PyScriptPages[c.Name[:at]] || c.Node.Parent().Kind() == syntax.Await || !r.let(c.Node).Has(pyodide.Worker) {
			continue
		}
		r.code.Awaited = append(r.code.Awaited, Awaited{c.Name[at+1:], r.at(c.Node)})
	}
}

// WorkersAt are the workers of PyScript that the Python of a file may call: those of the project that have a name which no
// other one has, and those that it starts itself.
func (g *Graph) WorkersAt(file string) Workers {
	if g == nil {
		return nil
	}
	all := Workers{}
	for _, code := range g.texts(file) {
		for _, l := range code.Loads {
			if l.Started == pyodide.Worker && !l.Script && l.Runtime != host.MicroPython {
				g.worker(all, flow.Worker{Path: l.Path}, g.files.file(file, l.Path), 0)
			}
		}
	}
	for _, w := range g.named {
		g.worker(all, flow.Worker{Name: w.name}, w.file, w.unit)
	}
	return all
}

// namedWorker is a text that a worker runs which has a name.
type namedWorker struct {
	name, file string
	unit       int
}

// name finds the workers that have a name which no other one has. Of those that MicroPython runs nothing is known but that.
func (g *Graph) name(paths []string) {
	times := map[string]int{}
	add := func(w namedWorker, runtime host.Runtime) {
		if times[w.name]++; w.name != "" && w.file != "" && runtime != host.MicroPython {
			g.named = append(g.named, w)
		}
	}
	for _, file := range paths {
		facts := g.files.known[file]
		for i, u := range facts.Units {
			add(namedWorker{u.Name, file, i}, u.Runtime)
		}
		for _, l := range facts.Links {
			add(namedWorker{l.Name, g.files.file(file, l.Path), 0}, l.Runtime)
		}
		for _, code := range g.python[file] {
			for _, l := range code.Loads {
				add(namedWorker{l.Name, g.files.file(file, l.Path), 0}, l.Runtime)
			}
		}
	}
	g.named = slices.DeleteFunc(g.named, func(w namedWorker) bool { return times[w.name] > 1 })
}

// worker adds a worker that runs a text, if that was read.
func (g *Graph) worker(all Workers, as flow.Worker, file string, unit int) {
	if texts := g.texts(file); unit < len(texts) {
		all[as] = Worker{file, texts[unit].Exports, texts[unit].Awaited}
	}
}
