// Package listenerleak finds listeners and timers that are added again and again, each with a proxy that nothing keeps.
package listenerleak

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
)

//go:embed listener-leak.md
var doc string

// Rule is listener-leak.
var Rule = &analysis.Rule{
	Name: "listener-leak", Group: analysis.Proxy, Severity: analysis.Warning, Doc: doc,
	Yields: []string{"ref-cycle", "remove-listener"}, Evidence: analysis.StillThere, Check: check,
}

func check(p *analysis.Pass) {
	owners := p.Owners()
	for _, x := range p.LeftBehind() {
		if x.Cycle || x.Runs == flow.Once {
			continue
		}
		lower := 0
		if x.Runs == flow.Perhaps {
			lower = 1
		}
		p.Report(x.Value, lower, analysis.Finding{
			Message: fmt.Sprintf("nothing keeps this proxy, so each %s adds %s", p.EachTime(x), x.Keeper.Leaves),
			Fixes:   fixes(owners, x),
			Cause:   analysis.Cause{Span: x.Value.Span(), Kind: "proxy"},
		})
	}
}

// fixes gives the proxy an owner: the function's or the object's, else Pyodide's.
func fixes(owners *analysis.Owners, x analysis.Left) (all []analysis.Fix) {
	if fix, _, ok := owners.Beside(x.Proxied); ok {
		all = append(all, fix)
	}
	for _, owner := range []func(analysis.Left) (analysis.Fix, bool){owners.OfMethod, owners.OnInstance, owners.Wrapped} {
		if fix, ok := owner(x); ok {
			all = append(all, fix)
		}
	}
	return all
}
