// Package removelistener finds removals of listeners that remove nothing: the callback is not the one that was added.
package removelistener

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

//go:embed remove-listener.md
var doc string

// Rule is remove-listener.
var Rule = &analysis.Rule{
	Name: "remove-listener", Group: analysis.Proxy, Severity: analysis.Warning, Doc: doc, Check: check,
}

// removal is a call that is to take a callback back, and removes nothing.
type removal struct {
	call     flow.Call
	remover  pyodide.Remover
	argument syntax.Node
	callable syntax.Node
}

func check(p *analysis.Pass) {
	if p.View.AutoProxies || p.PerhapsMicroPython() {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		remover, lower, ok := p.Remover(c)
		if !ok {
			continue
		}
		x := removal{call: c, remover: remover, argument: analysis.Positional(c.Node, remover.Callback)}
		if why := x.other(p); why != "" && !pageFromWorker(p, c.Node) {
			report(p, x, lower, why)
		}
	}
}

// pageFromWorker says whether a worker may reach over to the page with PyScript, which makes proxies of its own.
func pageFromWorker(p *analysis.Pass, call syntax.Node) bool {
	return p.Realms(call).Has(pyodide.Worker) && slices.ContainsFunc(p.Unit.Scopes.Imports(), func(i scope.Import) bool {
		return i.Module == "pyscript" || strings.HasPrefix(i.Module, "pyscript.")
	})
}

// other says why the callback is certainly not one that was added; it is empty where it may be.
func (x *removal) other(p *analysis.Pass) string {
	if _, ok := p.Unit.Flow.Callable(x.argument); ok {
		x.callable = x.argument
		return fmt.Sprintf("%s makes a new proxy of this function, which no listener has, so it removes nothing", x.remover.Name)
	}
	made, ok := p.ProxyMade(p.Unit.Flow.Definition(x.argument))
	if !ok || !neverAdded(p, made.Value) {
		return ""
	}
	x.callable = made.Callable
	return fmt.Sprintf("this proxy is another one than the listener has, so %s removes nothing", x.remover.Name)
}

// neverAdded says whether a proxy is made for removals and goes nowhere else.
func neverAdded(p *analysis.Pass, value syntax.Node) bool {
	for _, u := range p.Unit.Flow.Goes(value) {
		switch u.Becomes {
		case flow.Argument:
			c, _ := p.Unit.Flow.CallAt(u.At)
			if r, _, ok := p.Remover(c); !ok || u.Position != r.Callback || u.Inside {
				return false
			}
		case flow.Destroyed, flow.Tested:
		default:
			return false
		}
	}
	return true
}

func report(p *analysis.Pass, x removal, lower int, why string) {
	adds, over := x.added(p)
	if over {
		return
	}
	finding := analysis.Finding{
		Message: why,
		Cause:   analysis.Cause{Span: x.argument.Span(), Kind: "proxy"},
	}
	if len(adds) > 0 {
		finding.Related = []analysis.Related{{Span: adds[0].argument.Span(), Message: "the listener that stays"}}
	}
	if len(adds) == 1 {
		finding.Fixes = fixes(p, x, adds[0])
		if made, ok := p.ProxyMade(adds[0].argument); ok { // that nobody can remove it is the same mistake
			finding.Cause.Span = made.Value.Span()
		}
	}
	p.Report(x.argument, lower, finding)
}

// addition is a call that adds the callback of a removal to the same object for the same event.
type addition struct {
	call     flow.Call
	argument syntax.Node
	wrapped  bool // by pyodide.ffi.wrappers
}

// added are the additions that a removal is meant for. over says that it does no harm that it removes nothing: one of
// them ends by itself or never was a listener, or the object goes with its listeners.
func (x removal) added(p *analysis.Pass) (adds []addition, over bool) {
	for _, c := range p.Unit.Flow.Calls() {
		if pyodide.Ends[c.Method] && c.Object().Text() == x.call.Object().Text() {
			return nil, true
		}
		a, keeper, ok := x.addition(p, c)
		switch {
		case !ok:
		case !a.wrapped && (analysis.Ends(c.Node, keeper) || bare(p, a.argument)):
			return nil, true
		case x.same(p, a):
			adds = append(adds, a)
		}
	}
	return adds, false
}

// addition reads a call that adds something to the object of a removal, for its event.
func (x removal) addition(p *analysis.Pass, c flow.Call) (a addition, keeper pyodide.Keeper, ok bool) {
	a = addition{call: c}
	target, event := c.Object(), analysis.Positional(c.Node, 0)
	if c.Name == pyodide.AddEventListener {
		target, event, a.wrapped = event, analysis.Positional(c.Node, 1), true
		a.argument = analysis.Positional(c.Node, 2)
	} else if keeper, _, ok = p.Keeper(c.Node); ok && keeper.Name == x.remover.Adds {
		a.argument = analysis.Positional(c.Node, keeper.Callback[0])
	}
	events := x.remover.Callback > 0
	return a, keeper, a.argument.OK() && (events || !a.wrapped) && target.Text() == x.call.Object().Text() &&
		(!events || event.Text() == analysis.Positional(x.call.Node, 0).Text())
}

// same says whether an addition is of the very function that a removal is of.
func (x removal) same(p *analysis.Pass, a addition) bool {
	added := a.argument
	if made, ok := p.ProxyOf(added); ok {
		added = made.Callable
	}
	if name := p.Unit.Scopes.Lookup(added); added.Kind() == syntax.Identifier && x.callable.Kind() == syntax.Identifier {
		return name != nil && name == p.Unit.Scopes.Lookup(x.callable)
	}
	one, ok := p.Unit.Flow.Callable(added)
	other, also := p.Unit.Flow.Callable(x.callable)
	return ok && also && one.Def.OK() && one.Def == other.Def
}

// bare says whether a callback is handed over without a proxy, which is another mistake.
func bare(p *analysis.Pass, argument syntax.Node) bool {
	_, ok := p.Unit.Flow.Callable(argument)
	return ok
}
