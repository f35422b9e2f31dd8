// Package ownerlessproxy finds proxies of the page's lifetime that nothing keeps, so that nothing can destroy them.
package ownerlessproxy

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
)

//go:embed ownerless-proxy.md
var doc string

// Rule is ownerless-proxy.
var Rule = &analysis.Rule{
	Name: "ownerless-proxy", Group: analysis.Proxy, Severity: analysis.Info, Doc: doc,
	Yields: []string{"ref-cycle", "listener-leak", "remove-listener"}, Evidence: analysis.StillThere, Check: check,
}

func check(p *analysis.Pass) {
	owners := p.Owners()
	keep, ok := p.KeepAlive()
	for _, x := range p.LeftBehind() {
		if x.Runs != flow.Once {
			continue // each run leaves one more, of which listener-leak and ref-cycle speak
		}
		message, lower := fmt.Sprintf("nothing keeps this proxy, so this adds %s, which does no harm while it happens once per page", x.Keeper.Leaves), 1
		if ok {
			message, lower = fmt.Sprintf("nothing keeps this proxy, while this project keeps what lasts as long as the page with %s", keep.Name), 0
		}
		p.Report(x.Value, lower, analysis.Finding{
			Message: message,
			Fixes:   fixes(owners, x, keep),
			Cause:   analysis.Cause{Span: x.Value.Span(), Kind: "proxy"},
		})
	}
}

// fixes gives the proxy an owner: the project's own, else PyScript, the object or Pyodide. Nothing is wrong yet, so that
// only the project's own way is safe to take.
func fixes(owners *analysis.Owners, x analysis.Left, keep analysis.KeepAlive) (all []analysis.Fix) {
	if keep.Name != "" {
		if fix, ok := owners.KeptAlive(x, keep); ok {
			all = append(all, fix)
		}
	}
	for _, owner := range []func(analysis.Left) (analysis.Fix, bool){owners.When, owners.OfMethod, owners.OnInstance, owners.Wrapped} {
		fix, ok := owner(x)
		if keep.Name == "" {
			fix.Applicability = max(fix.Applicability, analysis.Unsafe)
		}
		if ok {
			all = append(all, fix)
		}
	}
	return all
}
