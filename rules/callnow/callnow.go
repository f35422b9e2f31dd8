// Package callnow finds callbacks that are called where they are to be handed over.
package callnow

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed call-now.md
var doc string

// Rule is call-now.
var Rule = &analysis.Rule{
	Name: "call-now", Group: analysis.Proxy, Severity: analysis.Warning, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	if p.PerhapsMicroPython() {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		passings, lower := p.Passings(c)
		for _, x := range flow.Callbacks(c, passings) {
			report(p, x, c.Function, lower, handed(p, c, x))
		}
	}
	for _, made := range p.Proxies() {
		x := flow.CalledBack{Callback: made.Callable, Arguments: unknown}
		report(p, x, made.Value.Child(syntax.FieldFunction), 0, bare(p, x))
	}
	for n := range p.Unit.Tree.Of(syntax.Assignment) {
		left := n.Child(syntax.FieldLeft)
		if left.Kind() != syntax.Attribute || !pyodide.TakesEvent(left.Child(syntax.FieldAttribute).Text()) {
			continue
		}
		if _, ok := p.Unit.Flow.JavaScript(left.Child(syntax.FieldObject)); ok {
			x := flow.CalledBack{Callback: n.Child(syntax.FieldRight), Arguments: 1}
			report(p, x, left, 0, bare(p, x))
		}
	}
}

// unknown is a number of arguments that a callback gets of which nothing is known.
const unknown = -1

func report(p *analysis.Pass, x flow.CalledBack, to syntax.Node, lower int, fixes func() []analysis.Fix) {
	if x.Callback.Kind() != syntax.Call {
		return
	}
	coroutine, ok := p.Unit.Flow.GivesNothing(x.Callback)
	if !ok || coroutine && x.Arguments == unknown || p.Unit.Flow.Place(x.Callback) == flow.OnHost {
		return
	}
	name, called := last(to), x.Callback.Child(syntax.FieldFunction).Text()
	message := fmt.Sprintf("this calls %s now, and leaves %s nothing to call later", called, name)
	if coroutine {
		message = fmt.Sprintf("this is a coroutine of %s, which nobody awaits and %s cannot call", called, name)
	}
	p.Report(x.Callback, lower, analysis.Finding{
		Message: message, Fixes: fixes(), Cause: analysis.Cause{Span: x.Callback.Span(), Kind: "call"},
	})
}

// last is the name of a function, or of the class of which a constructor is.
func last(function syntax.Node) string {
	attribute := function.Child(syntax.FieldAttribute)
	switch {
	case attribute.Text() == "new":
		return last(function.Child(syntax.FieldObject))
	case attribute.OK():
		return attribute.Text()
	}
	return function.Text()
}

// later is the text of what calls what is called now, and how far that can be trusted: arguments are worked out later as
// well.
func later(p *analysis.Pass, x flow.CalledBack) (text string, risk analysis.Applicability) {
	function := x.Callback.Child(syntax.FieldFunction)
	if x.Callback.Child(syntax.FieldArguments).First().OK() {
		risk = analysis.Unsafe
	} else if arity, ok := p.Unit.Flow.Arity(function); x.Arguments == 0 || ok && arity.Any && arity.Max == 0 {
		return function.Text(), risk // what it would be passed otherwise takes the place of a default
	}
	if x.Arguments == 0 {
		return "lambda: " + x.Callback.Text(), risk
	}
	return "lambda *_: " + x.Callback.Text(), risk
}

// bare is the fix where what is handed over needs no proxy, or has one.
func bare(p *analysis.Pass, x flow.CalledBack) func() []analysis.Fix {
	return func() []analysis.Fix {
		text, risk := later(p, x)
		return []analysis.Fix{{
			Title: "Hand it over without calling it", Applicability: risk,
			Edits: []source.Edit{{Span: x.Callback.Span(), New: text}},
		}}
	}
}

// handed is the fix for a callback of a call. What JavaScript keeps gets a proxy that has an owner.
func handed(p *analysis.Pass, c flow.Call, x flow.CalledBack) func() []analysis.Fix {
	keeper, _, keeps := p.Keeper(c.Node)
	switch {
	case strings.HasSuffix(c.Path, "Observer.new"):
		return func() []analysis.Fix { return nil } // which keeps it as well, and has no owner for its proxy
	case !keeps || !slices.ContainsFunc(keeper.Callback, func(i int) bool { return analysis.Positional(c.Node, i) == x.Callback }):
		return bare(p, x)
	}
	return func() []analysis.Fix {
		text, risk := later(p, x)
		if keeper.Calls == pyodide.Once {
			name, edits := p.Use(c.Node, "pyodide.ffi", "create_once_callable")
			return []analysis.Fix{{
				Title: "Hand it over without calling it, in create_once_callable", Applicability: risk,
				Edits: append(edits, source.Edit{Span: x.Callback.Span(), New: fmt.Sprintf("%s(%s)", name, text)}),
			}}
		}
		wrapped, ok := p.Wrapper(c.Node, keeper)
		if !ok {
			return nil
		}
		wrapped.Applicability = risk
		wrapped.Title = fmt.Sprintf("Hand it over without calling it, with %s", keeper.Wrapper)
		wrapped.Edits = append(wrapped.Edits, source.Edit{Span: x.Callback.Span(), New: text})
		return []analysis.Fix{wrapped}
	}
}
