// Package ownerlessproxy finds proxies that nothing keeps, so that nothing can destroy them.
package ownerlessproxy

import (
	_ "embed"
	"fmt"
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

//go:embed ownerless-proxy.md
var doc string

// Rule is ownerless-proxy.
var Rule = &analysis.Rule{
	Name: "ownerless-proxy", Group: analysis.Proxy, Severity: analysis.Warning, Doc: doc,
	Yields: []string{"remove-listener"}, Evidence: analysis.StillThere, Check: check,
}

// proxy is a proxy that only JavaScript keeps.
type proxy struct {
	value    syntax.Node // the call of create_proxy, or the decorator's expression
	callable syntax.Node
	call     syntax.Node // the call that hands it to JavaScript, and keeps it alive beyond its use
	keeper   pyodide.Keeper
	runs     flow.Runs   // how often one is left behind
	class    syntax.Node // the class of which each instance leaves one, if that is how often
	cycle    bool        // the callback refers to what the listener is on
}

func (x proxy) proxied() analysis.Proxied {
	return analysis.Proxied{Value: x.value, Callable: x.callable}
}

type checker struct {
	*analysis.Pass
	keep  analysis.KeepAlive // the project's own way to keep proxies; no name if it has none
	named map[string]bool    // by the fixes so far
}

func check(p *analysis.Pass) {
	if slices.ContainsFunc(p.Unit.Scopes.Imports(), func(i scope.Import) bool { return pyodide.Serverless[i.Module] }) {
		return
	}
	c := &checker{Pass: p, named: map[string]bool{}}
	c.keep, _ = p.KeepAlive()
	for _, call := range p.Unit.Flow.Calls() {
		if makes(call.Name) {
			c.report(call.Node, analysis.Positional(call.Node, 0))
		}
	}
	for d := range p.Unit.Tree.Of(syntax.Decorator) {
		if makes(p.Unit.Scopes.Canonical(d.First())) {
			c.report(d.First(), d.Parent().Child(syntax.FieldDefinition))
		}
	}
}

func makes(function string) bool {
	maker, ok := pyodide.ProxyMakers[function]
	return ok && !maker.Once
}

func (c *checker) report(value, callable syntax.Node) {
	x, ok := c.leak(proxy{value: value, callable: callable})
	if !ok || c.Unit.Flow.Place(value) == flow.OnHost {
		return
	}
	lower := 0
	switch {
	case x.runs == flow.Perhaps:
		lower = 1
	case x.runs == flow.Once && c.keep.Name != "":
		lower = 1
	case x.runs == flow.Once:
		lower = 2
	}
	c.Report(value, lower, analysis.Finding{
		Message: c.message(x),
		Fixes:   c.fixes(x),
		Cause:   analysis.Cause{Span: value.Span(), Kind: "proxy"},
	})
}

// leak says whether a proxy goes to listeners and timers alone, and stays behind with one of them.
func (c *checker) leak(x proxy) (proxy, bool) {
	arguments := c.Unit.Flow.Handed(x.value)
	for _, a := range arguments {
		call := a.Parent().Parent()
		keeper, _, ok := c.Keeper(call) // that somebody made a proxy for it removes the doubt
		if !ok || keeper.Calls != pyodide.Often || !slices.ContainsFunc(keeper.Callback, func(i int) bool { return analysis.Positional(call, i) == a }) {
			return x, false
		}
		if analysis.Ends(call, keeper) {
			return x, false
		}
	}
	for _, a := range arguments {
		x.call = a.Parent().Parent()
		x.keeper, _, _ = c.Keeper(x.call)
		x.runs = c.Unit.Flow.Runs(x.value)
		if c.stays(&x) {
			if x.runs == flow.Uncalled {
				x.runs = c.byItsForm(x)
			}
			return x, true
		}
	}
	return x, false
}

// byItsForm is how often a function is meant to run of which nothing tells: one that works on what it is
// given, or gives something back, is there to be called again. A method works on self in any case.
func (c *checker) byItsForm(x proxy) flow.Runs {
	function := c.Unit.Scopes.Function(x.call)
	if !scope.Class(function).OK() && c.Unit.Flow.Made(x.call, function) {
		return flow.Again
	}
	return flow.Once
}

func (c *checker) message(x proxy) string {
	switch {
	case x.runs == flow.Once && c.keep.Name != "":
		return fmt.Sprintf("nothing keeps this proxy, while this project keeps what lasts as long as the page with %s", c.keep.Name)
	case x.runs == flow.Once:
		return fmt.Sprintf("nothing keeps this proxy, so this adds %s, which does no harm while it happens once per page", x.keeper.Leaves)
	case x.cycle:
		return fmt.Sprintf("nothing keeps this proxy, and %s and its callback hold each other, so each %s leaves both in memory for good", target(x.call).Text(), c.turn(x))
	}
	return fmt.Sprintf("nothing keeps this proxy, so each %s adds %s", c.turn(x), x.keeper.Leaves)
}

// turn is what happens each time, in the user's words.
func (c *checker) turn(x proxy) string {
	function := c.Unit.Scopes.Function(x.value)
	switch {
	case x.class.OK():
		return "new " + x.class.Child(syntax.FieldName).Text()
	case c.Unit.Flow.Repeats(x.value):
		return "turn of the loop"
	case function.Kind() == syntax.FunctionDefinition:
		return "call of " + function.Child(syntax.FieldName).Text()
	}
	return "call of this lambda"
}
