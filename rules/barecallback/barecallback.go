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
			handedOn(p, c)
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
		finding.Related = []analysis.Related{made(callable)}
	}
	p.Report(argument, lower, finding)
}

// handedOn finds a callback that a function of the project is given, and hands on to what keeps it.
func handedOn(p *analysis.Pass, c flow.Call) {
	for x := range flow.Passes(c.Node) {
		value := x.Value
		callable, ok := p.Unit.Flow.Callable(value)
		if !ok || p.Unit.Flow.Place(c.Node) == flow.OnHost {
			continue
		}
		keeper, way, ok := p.HandedOn(c, x.Position, x.Keyword)
		if !ok {
			continue
		}
		fix := inline(p, c.Node, value, "create_once_callable")
		if keeper.Calls == pyodide.Often {
			fix = inline(p, c.Node, value, "create_proxy")
			fix.Applicability = analysis.Unsafe // nobody takes it back
		}
		finding := analysis.Finding{
			Message: fmt.Sprintf("%s hands this callback to %s, and it is destroyed when that returns, so it is gone %s",
				c.Function.Text(), keeper.Name, keeper.When),
			Fixes: []analysis.Fix{fix},
			Cause: analysis.Cause{Span: value.Span(), Kind: "callback"},
		}
		if callable.Def.OK() && callable.Def.Kind() == syntax.FunctionDefinition {
			finding.Related = []analysis.Related{made(callable)}
		}
		p.Report(value, 1, finding.Handing(way))
	}
}

// made is where the function is that a callback stands for.
func made(callable flow.Callable) analysis.Related {
	return analysis.Related{
		Span:    callable.Def.Child(syntax.FieldName).Span(),
		Message: "the Python function, for which each call makes a proxy of its own",
	}
}
