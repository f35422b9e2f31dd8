// Package callbackarity finds callbacks that are called with more arguments than they take, or with fewer.
package callbackarity

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed callback-arity.md
var doc string

// Rule is callback-arity.
var Rule = &analysis.Rule{
	Name: "callback-arity", Group: analysis.Proxy, Severity: analysis.Warning, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	if p.PerhapsMicroPython() {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		passings, lower := p.Passings(c)
		for _, x := range flow.Callbacks(c, passings) {
			report(p, c.Function, x, lower, gone(p, c.Node, x.Callback))
		}
	}
	for n := range p.Unit.Tree.Of(syntax.Assignment) {
		left, right := n.Child(syntax.FieldLeft), n.Child(syntax.FieldRight)
		if left.Kind() != syntax.Attribute || !pyodide.TakesEvent(left.Child(syntax.FieldAttribute).Text()) {
			continue
		}
		if _, ok := p.Unit.Flow.JavaScript(left.Child(syntax.FieldObject)); ok {
			report(p, left, flow.CalledBack{Callback: right, Arguments: 1}, 0, false)
		}
	}
}

// gone says whether a callback is handed over without a proxy that lasts: no call comes to it before that is mended, of
// which bare-callback speaks.
func gone(p *analysis.Pass, call, callback syntax.Node) bool {
	keeper, _, ok := p.Keeper(call)
	return ok && !p.View.AutoProxies && slices.ContainsFunc(keeper.Callback, func(position int) bool {
		_, bare := p.Unit.Flow.Callable(callback)
		return bare && analysis.Positional(call, position) == callback
	})
}

func report(p *analysis.Pass, caller syntax.Node, x flow.CalledBack, lower int, gone bool) {
	arity, ok := p.Unit.Flow.Arity(x.Callback)
	if !ok || arity.Takes(x.Arguments) || p.Unit.Flow.Place(x.Callback) == flow.OnHost {
		return
	}
	name := caller.Text()
	if attribute := caller.Child(syntax.FieldAttribute); attribute.OK() {
		name = attribute.Text()
	}
	says := "%s calls this with %s, and it takes %s, so each call ends in a TypeError"
	if gone {
		says = "%s calls this with %s as soon as its proxy is kept, and it takes %s"
	}
	finding := analysis.Finding{
		Message: fmt.Sprintf(says, name, arguments(x.Arguments), takes(arity)),
		Cause:   analysis.Cause{Span: x.Callback.Span(), Kind: "arity"},
	}
	if !x.Callback.Holds(arity.Def) {
		at := arity.Def.Child(syntax.FieldName)
		if !at.OK() {
			at = arity.Def
		}
		finding.Related = []analysis.Related{{Span: at.Span(), Message: "what is called"}}
	}
	if x.Arguments > arity.Max {
		finding.Fixes = []analysis.Fix{anyNumber(arity.Def)}
	}
	p.Report(x.Callback, lower, finding)
}

func arguments(n int) string {
	switch n {
	case 0:
		return "no arguments"
	case 1:
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", n)
}

func takes(a flow.Arity) string {
	switch {
	case a.Any:
		return fmt.Sprintf("at least %d", a.Min)
	case a.Max == 0:
		return "none"
	case a.Min < a.Max:
		return fmt.Sprintf("%d to %d", a.Min, a.Max)
	}
	return fmt.Sprint(a.Max)
}

// anyNumber lets a function take arguments that it does not look at. Those who call it otherwise can go on as they do.
func anyNumber(def syntax.Node) analysis.Fix {
	more := "*_"
	for _, p := range scope.Parameters(def) {
		if p.Text() == "_" {
			more = "*_rest"
		}
	}
	fix := analysis.Fix{Title: "Let it take any number of arguments"}
	insert := func(at int, text string) analysis.Fix {
		fix.Edits = []source.Edit{{Span: source.Span{Start: at, End: at}, New: text}}
		return fix
	}
	parameters := def.Child(syntax.FieldParameters)
	var last syntax.Node
	for p := range parameters.Children() {
		if strings.HasPrefix(p.Text(), "**") {
			return insert(p.Span().Start, more+", ")
		}
		last = p
	}
	switch {
	case last.OK():
		return insert(last.Span().End, ", "+more)
	case parameters.OK():
		return insert(parameters.Span().Start+len("("), more)
	}
	return insert(def.Span().Start+len("lambda"), " "+more)
}
