// Package sabnotisolated finds shared memory on pages that nothing makes cross-origin isolated.
package sabnotisolated

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/syntax"
)

//go:embed sab-not-isolated.md
var doc string

// Rule is sab-not-isolated.
var Rule = &analysis.Rule{
	Name: "sab-not-isolated", Group: analysis.SharedMemory, Severity: analysis.Warning,
	Realms: pyodide.Main | pyodide.Worker, Doc: doc, Evidence: analysis.MissingGlobal, Check: check,
}

func check(p *analysis.Pass) {
	var lacking []realm.Isolated // what sets headers, but not these
	reaches := false
	for _, i := range p.View.Isolation {
		switch {
		case i.Isolates:
			return
		case i.Reaches:
			reaches = true
		default:
			lacking = append(lacking, i)
		}
	}
	if asks(p.Unit) {
		return
	}
	at, what := first(p, reaches)
	if !at.OK() {
		return
	}
	if len(lacking) > 0 {
		i := lacking[0]
		p.Report(at, 0, analysis.Finding{
			Message: fmt.Sprintf("%s needs a cross-origin isolated page, and %s:%d %s", what, i.Path, i.Line, i.What),
			Cause:   analysis.Cause{Span: at.Span(), Kind: "shared memory"},
		})
		return
	}
	p.Report(at, 1, analysis.Finding{
		Message: what + " needs a cross-origin isolated page, and nothing here that sets the headers for it could be seen",
		Cause:   analysis.Cause{Span: at.Span(), Kind: "shared memory"},
	})
}

// asks says whether the text asks for isolation, or for what comes with it, anywhere: it knows that there may be none.
func asks(u *analysis.Unit) bool {
	if strings.Contains(u.Source.Text(), "crossOriginIsolated") {
		return true
	}
	for _, c := range u.Flow.Calls() {
		object := c.Node.Child(syntax.FieldArguments).First()
		name, _ := syntax.Constant(object.Next())
		if name != "SharedArrayBuffer" || u.Scopes.Canonical(object) != "js" {
			continue
		}
		switch c.Name {
		case "builtins.hasattr":
			return true
		case "builtins.getattr":
			if object.Next().Next().OK() { // what to take instead
				return true
			}
		}
	}
	return false
}

// first is the first place that needs shared memory, and in words what needs it: once per file is enough, for all of
// it fails or none. reaches says that workers reach the page without it, or are not meant to.
func first(p *analysis.Pass, reaches bool) (at syntax.Node, what string) {
	for n := range p.Unit.Tree.Of(syntax.Attribute) {
		if n.Child(syntax.FieldAttribute).Text() == "SharedArrayBuffer" && p.Unit.Scopes.Canonical(n) == "js.SharedArrayBuffer" && !p.Unit.Flow.Caught(n) {
			return n, "a SharedArrayBuffer"
		}
	}
	for _, i := range p.Unit.Scopes.Imports() {
		switch {
		case p.Unit.Flow.Caught(i.Node):
		case i.Module == "js" && slices.Contains(i.Names, "SharedArrayBuffer"):
			return i.Node, "a SharedArrayBuffer"
		case i.Module == "pyscript" && !reaches && (slices.Contains(i.Names, "document") || slices.Contains(i.Names, "window")) && remote(p, i.Node):
			return i.Node, "the page's document in a PyScript worker"
		}
	}
	return syntax.Node{}, ""
}

// remote says whether code runs in a PyScript worker, and only there.
func remote(p *analysis.Pass, at syntax.Node) bool {
	return p.Realms(at) == pyodide.Worker && slices.ContainsFunc(p.Runs(at), realm.Placement.PyScript)
}
