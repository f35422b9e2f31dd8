package realm

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// The functions that run a Python file in a worker, by their last names, the constructors of workers, and what brings
// a file.
// Sources: https://docs.pyscript.net/latest/user-guide/workers/, https://pyscript.github.io/polyscript/.
var (
	starters = map[string]bool{"PyWorker": true, "XWorker": true, "create_named_worker": true}
	makers   = map[string]bool{"js.Worker.new": true, "js.SharedWorker.new": true}
	fetchers = map[string]bool{"pyodide.http.pyfetch": true, "pyodide.http.open_url": true, "js.fetch": true, "pyscript.fetch": true}
)

func (r *reader) loads() {
	for _, c := range r.flow.Calls() {
		call, canonical := c.Node, c.Name
		name := canonical[strings.LastIndexByte(canonical, '.')+1:]
		load := Load{Started: pyodide.Worker, Why: "starts it with " + name}
		switch {
		case starters[name] && (strings.HasPrefix(canonical, "pyscript") || strings.HasPrefix(canonical, "polyscript")):
		case name == "pyscript_component" && strings.HasPrefix(canonical, "reactpy_django."):
			load.Started, load.Why = pyodide.Main, "has the page run it with "+name
		case fetchers[canonical]:
			load.Started, load.Why = 0, "fetches it"
		case makers[canonical]:
			load.Script, load.Why = true, "starts it with "+strings.TrimSuffix(canonical, ".new")
		default:
			continue
		}
		path, runtime := r.started(call)
		if path == "" || fetchers[canonical] && !strings.HasSuffix(path, ".py") {
			continue
		}
		load.Path, load.Runtime, load.In, load.Realms, load.Line = path, runtime, r.in(call), r.flow.Realms(call), r.at(call)
		r.code.Loads = append(r.code.Loads, load)
	}
}

// started is the file that a worker is started with, and what runs it there.
func (r *reader) started(call syntax.Node) (path string, runtime host.Runtime) {
	arguments := call.Child(syntax.FieldArguments)
	first := true
	for a := range arguments.Children() {
		name, value := a.Child(syntax.FieldName).Text(), a
		if a.Kind() == syntax.KeywordArgument {
			value = a.Child(syntax.FieldValue)
		} else {
			name = ""
		}
		text, _ := syntax.Constant(r.flow.Definition(value))
		switch {
		case name == "src", name == "" && first:
			if inner := r.flow.Definition(value); inner.Kind() == syntax.Call && r.Canonical(inner.Child(syntax.FieldFunction)) == "js.URL.new" {
				text, _ = syntax.Constant(r.flow.Definition(inner.Child(syntax.FieldArguments).First()))
			}
			path, _, _ = strings.Cut(text, "?")
		case name == "type" && (text == "micropython" || text == "mpy"):
			runtime = host.MicroPython
		}
		first = false
	}
	return path, runtime
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
