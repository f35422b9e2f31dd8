// Package ctorcallback finds Python callables that what a JavaScript constructor makes calls after their proxy is gone.
package ctorcallback

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
)

//go:embed ctor-callback.md
var doc string

// Rule is ctor-callback.
var Rule = &analysis.Rule{
	Name: "ctor-callback", Group: analysis.Proxy, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.CalledWhenGone, Check: check,
}

func check(p *analysis.Pass) {
	if p.View.AutoProxies || p.PerhapsMicroPython() {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		if c.Method != "new" || p.Unit.Flow.Place(c.Node) == flow.OnHost {
			continue
		}
		all, lower := p.Callbacks(c)
		for _, g := range p.GivenTo(c.Node, all) {
			if !g.Callback.Keeps() || g.Kind != "function" {
				continue
			}
			p.Report(g.Value, lower, analysis.Finding{
				Message: fmt.Sprintf("this callback is destroyed when the %s is made, so it is gone %s",
					strings.TrimSuffix(g.Callback.Name(), ".new"), g.Callback.When),
				Fixes: []analysis.Fix{p.Owned(c.Node, g.Value)},
				Cause: analysis.Cause{Span: g.Value.Span(), Kind: "callback"},
			})
		}
	}
}
