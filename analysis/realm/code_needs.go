package realm

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// fetchers are what brings a file.
var fetchers = map[string]bool{"pyodide.http.pyfetch": true, "pyodide.http.open_url": true, "js.fetch": true, "pyscript.fetch": true}

func (r *reader) loads() {
	for _, c := range r.flow.Calls() {
		call, canonical := c.Node, c.Name
		name := canonical[strings.LastIndexByte(canonical, '.')+1:]
		load := Load{Started: pyodide.Worker, Why: "starts it with " + name}
		switch {
		case pyodide.StartsWorker(canonical):
		case name == "pyscript_component" && strings.HasPrefix(canonical, "reactpy_django."):
			load.Started, load.Why = pyodide.Main, "has the page run it with "+name
		case fetchers[canonical]:
			load.Started, load.Why = 0, "fetches it"
		case pyodide.MakesWorker(canonical):
			load.Script, load.Why = true, "starts it with "+strings.TrimSuffix(canonical, ".new")
		default:
			continue
		}
		started := r.flow.Started(call)
		if started.Path == "" || fetchers[canonical] && !strings.HasSuffix(started.Path, ".py") {
			continue
		}
		if started.Type == "micropython" || started.Type == "mpy" {
			load.Runtime = host.MicroPython
		}
		load.Path, load.Name, load.In, load.Realms, load.Line = started.Path, started.Name, r.in(call), r.flow.Realms(call), r.at(call)
		r.code.Loads = append(r.code.Loads, load)
	}
}

// needs reads what the text takes for granted: names that only some places have, modules that Pyodide does not run.
func (r *reader) needs() {
	r.needsOfImports()
	r.needsOfAttributes()
	r.needsOfDecorators()
}

func (r *reader) need(at syntax.Node, realms pyodide.Realms, what string) {
	in := r.in(at)
	for _, n := range r.code.Needs {
		if n.In == in && n.Realms == realms {
			return // once is enough
		}
	}
	r.code.Needs = append(r.code.Needs, Need{realms, what, in, r.at(at)})
}

func (r *reader) needsOfImports() {
	for _, i := range r.Imports() {
		if r.flow.Realms(i.Node) != pyodide.AllRealms || r.flow.Caught(i.Node) {
			continue
		}
		for _, name := range i.Names {
			if realms, ok := pyodide.GlobalRealms(name); ok && i.Module == "js" {
				r.need(i.Node, realms, "imports js."+name)
			}
		}
		switch {
		case i.Node.Parent().Kind() == syntax.Module && pyodide.Serverless[i.Module]:
			r.need(i.Node, pyodide.Node, "imports "+i.Module)
		case r.flow.SaysHost(i):
			r.need(i.Node, pyodide.Host, "imports "+i.Module)
		}
	}
}

func (r *reader) needsOfAttributes() {
	for n := range r.Tree().Of(syntax.Attribute) {
		name := n.Child(syntax.FieldAttribute).Text()
		realms, ok := pyodide.GlobalRealms(name)
		if !ok || n.Field() == syntax.FieldLeft || r.Canonical(n.Child(syntax.FieldObject)) != "js" || r.flow.ThroughPyScript(n) {
			continue
		}
		if r.flow.ImportsPyScript() && (name == "document" || name == "window") || r.flow.Realms(n) != pyodide.AllRealms || r.flow.Caught(n) {
			continue
		}
		r.need(n, realms, "uses js."+name)
	}
}

// needsOfDecorators reads which functions of tests run in Pyodide: in a page or in Node, as the test is started.
// Source: https://pytest-pyodide.readthedocs.io
func (r *reader) needsOfDecorators() {
	for n := range r.Tree().Of(syntax.Decorator) {
		name := n.First()
		if name.Kind() == syntax.Call {
			name = name.Child(syntax.FieldFunction)
		}
		if c := r.Canonical(name); !strings.HasPrefix(c, "pytest_pyodide") || !strings.HasSuffix(c, ".run_in_pyodide") {
			continue
		}
		if d, ok := r.index[n.Parent().Child(syntax.FieldDefinition).ID()]; ok {
			r.taken[d] = true
			r.code.Defs[d].Taken = true
		}
	}
}
