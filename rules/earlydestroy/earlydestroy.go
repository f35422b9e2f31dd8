// Package earlydestroy finds proxies that are destroyed while they are still needed, or are gone already.
package earlydestroy

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

//go:embed early-destroy.md
var doc string

// Rule is early-destroy.
var Rule = &analysis.Rule{
	Name: "early-destroy", Group: analysis.Proxy, Severity: analysis.Warning, Doc: doc,
	Evidence: analysis.Fails("has already been destroyed"), Check: check,
}

// life is what becomes of one proxy.
type life struct {
	*analysis.Pass
	made analysis.Proxied
	uses []flow.Use
}

func check(p *analysis.Pass) {
	if p.View.AutoProxies || p.PerhapsMicroPython() {
		return
	}
	for _, made := range p.Proxies() {
		l := life{p, made, p.Unit.Flow.Goes(made.Value)}
		for _, u := range l.uses {
			if u.Becomes == flow.Destroyed && u.Sure && l.firm(u.At) {
				l.destroyed(u.At)
			}
		}
	}
}

// firm says whether what a destroy destroys is certainly the proxy at hand: it is made in the same function, or where
// nothing makes another one in the meantime.
func (l life) firm(destroy syntax.Node) bool {
	function := l.Unit.Scopes.Function(l.made.Value)
	switch {
	case function == l.Unit.Scopes.Function(destroy):
		return true
	case !function.OK():
		return !l.Unit.Flow.Repeats(l.made.Value)
	}
	return l.Unit.Scopes.Function(destroy).OK() && (scope.Class(function).OK() && function.Child(syntax.FieldName).Text() == "__init__" ||
		function.Holds(destroy) && !l.Unit.Flow.Repeats(l.made.Value))
}

func (l life) destroyed(destroy syntax.Node) {
	for _, find := range []func(syntax.Node) bool{l.usedAfter, l.stillThere, l.goneAlready} {
		if find(destroy) {
			return // one destroy is one mistake
		}
	}
}

// follows says whether one place, or one like it, comes after another on every path, and the place itself on one on which
// no other proxy is made.
func (l life) follows(place, after syntax.Node, like ...syntax.Node) bool {
	return l.Unit.Flow.Always(after, func(n syntax.Node) bool { return n == place || slices.Contains(like, n) }) &&
		l.Unit.Flow.ReachesWithout(after, place, func(n syntax.Node) bool { return n == l.made.Value })
}

// usedAfter finds what is certain to be done with the proxy when it is destroyed.
func (l life) usedAfter(destroy syntax.Node) bool {
	for _, u := range l.uses {
		if !u.Sure || u.Inside {
			continue
		}
		message := "this proxy is destroyed by now, so to call it fails"
		if u.Becomes != flow.Called {
			keeper, ok := l.keeper(u)
			if !ok {
				continue
			}
			message = fmt.Sprintf("this proxy is destroyed by now, so it fails %s", keeper.When)
		}
		if l.follows(u.Node, destroy) {
			l.report(u.Node, message, analysis.Related{Span: destroy.Span(), Message: "destroyed here"})
			return true
		}
	}
	return false
}

// keeper is what keeps the proxy, if a use is an argument that is to be called back.
func (l life) keeper(u flow.Use) (pyodide.Keeper, bool) {
	if u.Becomes != flow.Argument || u.Inside {
		return pyodide.Keeper{}, false
	}
	keeper, _, ok := l.Keeper(u.At)
	return keeper, ok && slices.Contains(keeper.Callback, u.Position)
}

// stillThere finds a destroy behind which JavaScript still has the proxy: nothing has been waited for since it was
// handed over, and nothing takes it back.
func (l life) stillThere(destroy syntax.Node) bool {
	var all []syntax.Node
	for _, u := range l.uses {
		if u.Becomes == flow.Destroyed {
			all = append(all, u.At)
		}
	}
	for _, u := range l.uses {
		keeper, ok := l.keeper(u)
		if !ok || !l.follows(destroy, u.At, all...) || l.takenBack(destroy) ||
			!l.Unit.Flow.ReachesWithout(u.At, destroy, l.lets) {
			continue
		}
		f := analysis.Finding{
			Message: fmt.Sprintf("this proxy is destroyed while %s still has it, so it fails %s", keeper.Name, keeper.When),
			Related: []analysis.Related{{Span: u.Node.Span(), Message: "it is called from here on"}},
		}
		if keeper.Calls == pyodide.Once || once(u.At) {
			f.Fixes = l.selfDestroying(destroy)
		}
		l.finding(destroy, f)
		return true
	}
	return false
}

// takenBack says whether the proxy is removed behind a destroy, which does no harm in that order.
func (l life) takenBack(destroy syntax.Node) bool {
	return slices.ContainsFunc(l.uses, func(u flow.Use) bool {
		c, _ := l.Unit.Flow.CallAt(u.At)
		_, _, ok := l.Remover(c)
		return ok && l.Unit.Flow.Reaches(destroy, u.At)
	})
}

// lets says whether the callback may be called at a node, or be taken back there: where anything is waited for, where
// an event is fired, an element or a timer goes, or code runs of which nothing is known.
func (l life) lets(n syntax.Node) bool {
	switch n.Kind() {
	case syntax.Await, syntax.Yield, syntax.Async:
		return n.Parent().Kind() != syntax.FunctionDefinition
	case syntax.Attribute:
		return slices.Contains(pyodide.MarkupAttributes, n.Child(syntax.FieldAttribute).Text())
	case syntax.Call:
	default:
		return false
	}
	c, _ := l.Unit.Flow.CallAt(n)
	if _, _, ok := l.Remover(c); ok {
		return true
	}
	if _, ok := pyodide.ProxyMakers[c.Name]; ok || c.Method == "destroy" || l.Unit.Flow.Added().Destroys(c.Name) {
		return false
	}
	if _, _, ok := l.Keeper(n); ok {
		return false
	}
	return c.Path == "" && !pyodide.Lookers[c.Name] || pyodide.Fires[c.Method] || pyodide.Ends[c.Method] || pyodide.Cancelling(c.Path)
}

// once says whether an addEventListener is for one event.
func once(call syntax.Node) bool {
	for a := range call.Child(syntax.FieldArguments).Children() {
		if a.Child(syntax.FieldName).Text() == "once" && a.Child(syntax.FieldValue).Kind() == syntax.True {
			return true
		}
	}
	return false
}

func (l life) report(at syntax.Node, message string, related ...analysis.Related) {
	l.finding(at, analysis.Finding{Message: message, Related: related})
}

func (l life) finding(at syntax.Node, f analysis.Finding) {
	f.Cause = analysis.Cause{Span: l.made.Value.Span(), Kind: "proxy"}
	l.Report(at, 0, f)
}
