// Package promisealllist finds Python lists of awaitables that are given to Promise.all and its kin.
package promisealllist

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
)

//go:embed promise-all-list.md
var doc string

// Rule is promise-all-list.
var Rule = &analysis.Rule{
	Name: "promise-all-list", Group: analysis.Proxy, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.Fails("destroyed when an iterator was exhausted"), Check: check,
}

func check(p *analysis.Pass) {
	if p.View.AutoProxies {
		return // which keeps the proxies of arguments, and nobody has measured what becomes of items
	}
	for _, c := range p.Unit.Flow.Calls() {
		if pyodide.Combinators[c.Path] {
			report(p, c)
		}
	}
}

func report(p *analysis.Pass, c flow.Call) {
	argument := analysis.Positional(c.Node, 0)
	items, ok := p.Unit.Flow.Listed(argument)
	if !ok || !slices.ContainsFunc(items, p.Unit.Flow.Awaitable) || p.Unit.Flow.Place(c.Node) == flow.OnHost {
		return
	}
	name, edits := p.Use(c.Node, "pyodide.ffi", "to_js")
	span := argument.Span()
	p.Report(argument, 0, analysis.Finding{
		Message: fmt.Sprintf("%s goes through proxies of these items, which are destroyed before it can wait for them",
			strings.TrimPrefix(c.Path, "js.")),
		Fixes: []analysis.Fix{{
			Title: "Convert it with to_js",
			Edits: append(edits, source.Edit{Span: source.Span{Start: span.Start, End: span.Start}, New: name + "("},
				source.Edit{Span: source.Span{Start: span.End, End: span.End}, New: ")"}),
		}},
		Cause: analysis.Cause{Span: argument.Span(), Kind: "list"},
	})
}
