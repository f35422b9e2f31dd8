// Package oncemisuse finds proxies for one call that are called again.
package oncemisuse

import (
	_ "embed"
	"fmt"
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed once-misuse.md
var doc string

// Rule is once-misuse.
var Rule = &analysis.Rule{
	Name: "once-misuse", Group: analysis.Proxy, Severity: analysis.Error, Doc: doc,
	Evidence: calledAgain, Check: check,
}

// calledAgain is the second call, which the page is told of with the line that made the proxy.
var calledAgain = analysis.MadeHere(analysis.Fails("OnceProxy can only be called once"))

func check(p *analysis.Pass) {
	for _, made := range p.Proxies() {
		if made.Once {
			report(p, made)
		}
	}
}

func report(p *analysis.Pass, made analysis.Proxied) {
	def := made.Callable
	if called, ok := p.Unit.Flow.Callable(made.Callable); ok {
		def = called.Def
	}
	again, by, ok := calledBy(p, made, def)
	if !ok || p.Unit.Flow.Place(made.Value) == flow.OnHost {
		return
	}
	finding := analysis.Finding{
		Message: fmt.Sprintf("this proxy is for one call, and %s calls it again, which is an error each time", by.Name),
		Fixes:   fixes(p, made, again, by),
		Cause:   analysis.Cause{Span: made.Value.Span(), Kind: "once"},
	}
	if by.Calls == pyodide.Once {
		finding.Message = fmt.Sprintf("this proxy is for one call, and it is handed to %s again when it was called", by.Name)
	}
	if !again.Holds(made.Value) {
		finding.Related = []analysis.Related{{Span: again.Span(), Message: "what calls it again"}}
	}
	p.Report(made.Value, 0, finding)
}

// calledBy is a call that is sure to have the proxy called again; ok is false where there is none, or where anything else
// of the text has a hand in it, which may see to it that it is not.
func calledBy(p *analysis.Pass, made analysis.Proxied, def syntax.Node) (again syntax.Node, by pyodide.Keeper, ok bool) {
	for _, use := range p.Unit.Flow.Goes(made.Value) {
		if use.Becomes == flow.OfModule || use.Becomes == flow.Attributed || use.Becomes == flow.Captured {
			continue
		}
		if use.Becomes != flow.Argument || !use.Sure || use.Inside {
			return again, by, false
		}
		keeper, _, keeps := p.Keeper(use.At) // that somebody made a proxy for it removes the doubt
		if !keeps || !slices.Contains(keeper.Callback, use.Position) {
			return again, by, false
		}
		if repeats(p, use.At, keeper, def) || keeper.Calls == pyodide.Once && def.Child(syntax.FieldBody).Holds(use.At) && !def.Holds(made.Value) {
			again, by, ok = use.At, keeper, true
		}
	}
	return again, by, ok
}

// repeats says whether a call has its callback called again and again, and nothing ends that.
func repeats(p *analysis.Pass, call syntax.Node, keeper pyodide.Keeper, def syntax.Node) bool {
	event, _ := syntax.Constant(analysis.Positional(call, 0))
	switch {
	case keeper.Calls != pyodide.Often, keeper.Name == "addEventListener" && !pyodide.RepeatedEvents[event]:
		return false
	case keeper.Handle && !analysis.Ends(call, keeper):
		return true
	}
	return def.Child(syntax.FieldBody).OK() && !endsItself(def) && (keeper.Handle || !analysis.Ends(call, keeper))
}

func endsItself(def syntax.Node) bool {
	for n := range def.Within() {
		if n.Kind() == syntax.Identifier && pyodide.EndsItself[n.Text()] {
			return true
		}
	}
	return false
}

// fixes give the callback what can be called often: Pyodide's wrapper, or a proxy under the name that this one has.
func fixes(p *analysis.Pass, made analysis.Proxied, again syntax.Node, by pyodide.Keeper) []analysis.Fix {
	inline := made.Value.Parent().Kind() == syntax.ArgumentList
	if wrapped, ok := p.Wrapper(again, by); ok && inline && !made.Callable.Next().OK() {
		value, callable := made.Value.Span(), made.Callable.Span()
		wrapped.Edits = append(wrapped.Edits, source.Edit{Span: source.Span{Start: value.Start, End: callable.Start}},
			source.Edit{Span: source.Span{Start: callable.End, End: value.End}})
		return []analysis.Fix{wrapped}
	}
	if inline {
		return nil // a proxy without an owner would be the next mistake
	}
	maker := made.Value
	switch {
	case maker.Kind() == syntax.Call:
		maker = maker.Child(syntax.FieldFunction)
	case p.Unit.Scopes.Function(made.Value).OK():
		return nil // so would it be under a name that ends with the function
	}
	name, edits := p.Use(made.Value, "pyodide.ffi", "create_proxy")
	return []analysis.Fix{{
		Title: "Make it with create_proxy", Edits: append(edits, source.Edit{Span: maker.Span(), New: name}),
	}}
}
