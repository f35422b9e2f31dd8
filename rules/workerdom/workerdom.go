// Package workerdom finds code that takes a page for granted where there is none.
package workerdom

import (
	_ "embed"
	"fmt"
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed worker-dom.md
var doc string

// Rule is worker-dom.
var Rule = &analysis.Rule{
	Name: "worker-dom", Group: analysis.RealmGroup, Severity: analysis.Error,
	Realms: pageless, Doc: doc, Check: check,
}

// pageless are the places without a page.
const pageless = pyodide.Worker | pyodide.ServiceWorker | pyodide.Node

func check(p *analysis.Pass) {
	imports(p)
	attributes(p)
}

// ofPage says whether a global name is one that pages have and workers do not, for all that is known.
func ofPage(p *analysis.Pass, name string) bool {
	realms, ok := pyodide.GlobalRealms(name)
	return ok && realms == pyodide.Main && !(pyScripts[name] && p.Unit.Flow.ImportsPyScript())
}

// pyScripts are the names that PyScript has for those of the page, in workers as well.
var pyScripts = map[string]bool{"document": true, "window": true}

func imports(p *analysis.Pass) {
	for _, i := range p.Unit.Scopes.Imports() {
		if i.Module != "js" || p.Unit.Flow.Caught(i.Node) {
			continue
		}
		for n := range i.Node.Children() {
			name := n
			if n.Kind() == syntax.AliasedImport {
				name = n.First()
			}
			if n.Field() == syntax.FieldModuleName || !ofPage(p, name.Text()) {
				continue
			}
			p.Report(name, 0, analysis.Finding{
				Message: message(p, name, name.Text(), "this import"), Fixes: fixes(p, i.Node, i.Names),
				Cause: analysis.Cause{Span: name.Span(), Kind: "global of a page"},
			})
		}
	}
}

// attributes reports the first use of each name in each function: nothing behind it runs.
func attributes(p *analysis.Pass) {
	type use struct {
		function syntax.Node
		name     string
	}
	seen := map[use]bool{}
	for n := range p.Unit.Tree.Of(syntax.Attribute) {
		name := n.Child(syntax.FieldAttribute).Text()
		if !ofPage(p, name) || p.Unit.Scopes.Canonical(n.Child(syntax.FieldObject)) != "js" || n.Field() == syntax.FieldLeft || p.Unit.Flow.ThroughPyScript(n) {
			continue
		}
		u := use{p.Unit.Scopes.Function(n), name}
		if seen[u] || p.Unit.Flow.Caught(n) || assigned(p, name) {
			continue
		}
		seen[u] = true
		p.Report(n, 0, analysis.Finding{
			Message: message(p, n, name, "this"), Cause: analysis.Cause{Span: n.Span(), Kind: "global of a page"},
		})
	}
}

// assigned says whether the text gives the global object such a name itself.
func assigned(p *analysis.Pass, name string) bool {
	return slices.ContainsFunc(p.Unit.Scopes.AttributeTargets(name), func(n syntax.Node) bool {
		return p.Unit.Scopes.Canonical(n.Child(syntax.FieldObject)) == "js"
	})
}

// message says that a place has no such name, and that something fails for it.
func message(p *analysis.Pass, at syntax.Node, name, what string) string {
	realms := p.Realms(at)
	place := "a worker has"
	switch in := realms.And(pageless); {
	case in == pyodide.Node:
		place = "outside a browser there is"
	case in == pyodide.ServiceWorker:
		place = "a service worker has"
	}
	if realms.Has(pyodide.Main) {
		return fmt.Sprintf("%s no %s, so %s fails there, where this code runs besides the page", place, name, what)
	}
	return fmt.Sprintf("%s no %s, so %s fails", place, name, what)
}

// fixes imports what PyScript has in its workers: the page's own, by way of shared memory or a service worker.
func fixes(p *analysis.Pass, statement syntax.Node, names []string) []analysis.Fix {
	module := statement.Child(syntax.FieldModuleName)
	foreign := slices.ContainsFunc(names, func(name string) bool { return !pyScripts[name] })
	if foreign || !module.OK() || !slices.ContainsFunc(p.Runs(statement), realm.Placement.PyScript) {
		return nil
	}
	return []analysis.Fix{{
		Title: "Import it from pyscript, which reaches the page from a worker", Applicability: analysis.Unsafe,
		Edits: []source.Edit{{Span: module.Span(), New: "pyscript"}},
	}}
}
