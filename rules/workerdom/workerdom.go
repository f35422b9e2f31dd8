// Package workerdom finds code that takes a page for granted where there is none.
package workerdom

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

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
	Realms: pageless, Doc: doc, Evidence: analysis.MissingGlobal, Check: check,
}

// pageless are the places without a page.
const pageless = pyodide.Worker | pyodide.ServiceWorker | pyodide.Node

func check(p *analysis.Pass) {
	if ownGlobals(p) {
		return
	}
	imports(p)
	attributes(p)
}

// ownGlobals says whether the script around the text makes the module js of globals of its own.
// Source: https://pyodide.org/en/stable/usage/api/js-api.html, jsglobals
func ownGlobals(p *analysis.Pass) bool {
	return p.Unit.Host != nil && strings.Contains(p.File.Source.Text(), "jsglobals")
}

// ofPage says whether a global name is one that pages have and workers do not, for all that is known of the code at a
// node. In its workers PyScript itself makes the page's document one of the names.
// Source: each pinned PyScript in a browser, 2026-11-27; there is no window, and nothing else of the page.
func ofPage(p *analysis.Pass, at syntax.Node, name string) bool {
	realms, ok := pyodide.GlobalRealms(name)
	if !ok || realms != pyodide.Main || pyScripts[name] && p.Unit.Flow.ImportsPyScript() {
		return false
	}
	return name != "document" || !slices.ContainsFunc(p.Runs(at), realm.Placement.PyScript)
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
			if n.Field() == syntax.FieldModuleName || !ofPage(p, name, name.Text()) || assigned(p, name.Text()) {
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
		if !ofPage(p, n, name) || p.Unit.Scopes.Canonical(n.Child(syntax.FieldObject)) != "js" || n.Field() == syntax.FieldLeft || p.Unit.Flow.ThroughPyScript(n) {
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

// assigned says whether the text, or the script around it, gives the global object such a name itself.
func assigned(p *analysis.Pass, name string) bool {
	scopes := p.Unit.Scopes
	if slices.ContainsFunc(scopes.AttributeTargets(name), func(n syntax.Node) bool {
		return scopes.Canonical(n.Child(syntax.FieldObject)) == "js"
	}) {
		return true
	}
	for _, c := range p.Unit.Flow.Calls() {
		object := c.Node.Child(syntax.FieldArguments).First()
		if c.Name != "builtins.setattr" || scopes.Canonical(object) != "js" {
			continue
		}
		if set, ok := syntax.Constant(object.Next()); !ok || set == name { // or one that is not known
			return true
		}
	}
	return p.Unit.Host != nil && slices.ContainsFunc(assignment.FindAllStringSubmatch(p.File.Source.Text(), -1), func(m []string) bool {
		return m[1] == name
	})
}

// assignment is JavaScript that gives the global object of a worker a name.
var assignment = regexp.MustCompile(`\b(?:self|globalThis)\.(\w+)\s*=[^=]`)

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
