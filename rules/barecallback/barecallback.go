// Package barecallback finds Python callables that JavaScript keeps after their proxy is gone.
package barecallback

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

//go:embed bare-callback.md
var doc string

// Rule is bare-callback.
var Rule = &analysis.Rule{
	Name: "bare-callback", Group: analysis.Proxy, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.CalledWhenGone, Check: check,
}

func check(p *analysis.Pass) {
	if p.View.AutoProxies || p.PerhapsMicroPython() {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		call := c.Node
		keeper, lower, ok := p.Keeper(call)
		if !ok {
			continue
		}
		for _, position := range keeper.Callback {
			report(p, call, keeper, position, lower)
		}
	}
}

func report(p *analysis.Pass, call syntax.Node, keeper pyodide.Keeper, position, lower int) {
	argument := analysis.Positional(call, position)
	callable, ok := p.Unit.Flow.Callable(argument)
	if !ok || p.Unit.Flow.Place(call) == flow.OnHost {
		return
	}
	finding := analysis.Finding{
		Message: fmt.Sprintf("this callback is destroyed when %s returns, so it is gone %s", keeper.Name, keeper.When),
		Fixes:   fixes(p, call, argument, keeper),
		Cause:   analysis.Cause{Span: argument.Span(), Kind: "callback"},
	}
	if callable.Def.OK() && callable.Def.Kind() == syntax.FunctionDefinition {
		finding.Related = []analysis.Related{{
			Span:    callable.Def.Child(syntax.FieldName).Span(),
			Message: "the Python function, for which each call makes a proxy of its own",
		}}
	}
	p.Report(argument, lower, finding)
}
