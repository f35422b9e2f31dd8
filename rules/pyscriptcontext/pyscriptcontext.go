// Package pyscriptcontext finds names of PyScript where they do not work, and workers of a type that there is not.
package pyscriptcontext

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed pyscript-context.md
var doc string

// Rule is pyscript-context.
var Rule = &analysis.Rule{
	Name: "pyscript-context", Group: analysis.RealmGroup, Severity: analysis.Warning, Realms: places,
	Doc: doc, Evidence: analysis.Fails("works only when running in"), Check: check,
}

// places are those of which PyScript tells one from the other.
const places = pyodide.Main | pyodide.Worker

func check(p *analysis.Pass) {
	if !slices.ContainsFunc(p.Unit.Scopes.Imports(), func(i scope.Import) bool { return strings.HasPrefix(i.Module, "pyscript") }) {
		return
	}
	for n := range p.Unit.Tree.Of(syntax.Attribute) {
		object := n.Child(syntax.FieldObject)
		if b, ok := pyodide.PyScriptBound[p.Unit.Scopes.Canonical(object)]; ok && !b.Called {
			outOfPlace(p, n, object, b)
		}
	}
	for _, c := range p.Unit.Flow.Calls() {
		if b, ok := pyodide.PyScriptBound[c.Name]; ok && b.Called && !outOfPlace(p, c.Node, c.Function, b) {
			wrongType(p, c.Node)
		}
		notExported(p, c)
	}
}

// outOfPlace reports a use of a name where it is known to run and does not work.
func outOfPlace(p *analysis.Pass, at, name syntax.Node, b pyodide.Bound) bool {
	runs := slices.DeleteFunc(slices.Clone(p.Runs(at)), func(r realm.Placement) bool {
		return b.Realms.Has(r.Realm) || !places.Has(r.Realm) || r.Basis <= realm.Taken
	})
	if len(runs) == 0 || p.Unit.Flow.Catches(at, b.Raises) || p.Unit.Flow.Asked(at, asks) {
		return false
	}
	p.Report(at, 0, analysis.Finding{
		Message: fmt.Sprintf("%s works in a %s only, and this runs in a %s, where any use of it raises %s", name.Text(), b.Realms, runs[0].Realm, article(b.Raises)),
		Cause:   analysis.Cause{Span: at.Span(), Kind: "name of PyScript"},
	})
	return true
}

// asks are what code asks for before it uses what only some places have.
var asks = map[string]bool{"RUNNING_IN_WORKER": true, "hasattr": true, "isinstance": true}

func article(name string) string {
	if strings.HasPrefix(name, "A") {
		return "an " + name
	}
	return "a " + name
}

// wrongType reports a type that PyWorker does not know, though tags do.
func wrongType(p *analysis.Pass, call syntax.Node) {
	for a := range call.Child(syntax.FieldArguments).Children() {
		value := a.Child(syntax.FieldValue)
		given, ok := syntax.Constant(value)
		if !ok || a.Kind() != syntax.KeywordArgument || a.Child(syntax.FieldName).Text() != "type" || pyodide.WorkerTypes[given] == "" {
			continue
		}
		known := pyodide.WorkerTypes[given]
		p.Report(value, 0, analysis.Finding{
			Message: fmt.Sprintf("PyWorker knows no type %q, so this worker never starts: it is %q here", given, known),
			Fixes: []analysis.Fix{{
				Title: fmt.Sprintf("Write %q", known), Edits: []source.Edit{{Span: value.Span(), New: `"` + known + `"`}},
			}},
			Cause: analysis.Cause{Span: value.Span(), Kind: "type of a worker"},
		})
	}
}

// notExported reports a call of a function that a worker does not let others call.
func notExported(p *analysis.Pass, c flow.Call) {
	if c.Method == "" {
		return
	}
	worker, ok := p.Worker(c.Object())
	if !ok || worker.Exports == nil || slices.Contains(worker.Exports, c.Method) || pyodide.PyScriptProxied[c.Method] {
		return
	}
	exported := "nothing"
	if len(worker.Exports) > 0 {
		exported = strings.Join(worker.Exports, ", ")
	}
	p.Report(c.Node, 0, analysis.Finding{
		Message: fmt.Sprintf("the worker exports %s, but not %s, so nothing comes back from this call", exported, c.Method),
		Cause:   analysis.Cause{Span: c.Node.Span(), Kind: "call of a worker"},
	})
}
