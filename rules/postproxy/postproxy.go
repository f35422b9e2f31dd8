// Package postproxy finds Python objects that are posted, stored or cloned as they are.
package postproxy

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

//go:embed post-proxy.md
var doc string

// Rule is post-proxy.
var Rule = &analysis.Rule{
	Name: "post-proxy", Group: analysis.Conversion, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.Fails("could not be cloned"), Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		position, ok := cloned(p, c)
		if !ok || p.Unit.Flow.Attempted(c.Node) || p.Unit.Flow.Place(c.Node) == flow.OnHost || overThere(p, c) {
			continue
		}
		for _, value := range given(c.Node, position) {
			report(p, c, value)
		}
	}
}

// cloned is the argument of a call that JavaScript clones, if it is such a call.
func cloned(p *analysis.Pass, c flow.Call) (position int, ok bool) {
	if m, known := pyodide.MemberAt(c.Path); known {
		position, ok = pyodide.Clones[m.Of+"."+m.Name]
		return position, ok
	}
	position, ok = pyodide.CloningMethods[c.Method]
	return position, ok && c.Object().OK() && !p.Unit.Flow.Python(c.Object()) && p.Bridge() != flow.NoBridge && !p.View.Methods[c.Method]
}

// overThere says whether a call goes from a worker of PyScript's to the page, by a way that converts what it is given.
func overThere(p *analysis.Pass, c flow.Call) bool {
	return p.Unit.Flow.ThroughPyScript(c.Function) && p.Realms(c.Node).Has(pyodide.Worker)
}

// given is the argument at a position. Keywords are one object behind the others, of which each value is cloned.
func given(call syntax.Node, position int) (values []syntax.Node) {
	arguments, _ := flow.Arguments(call)
	if position < len(arguments) {
		return arguments[position : position+1]
	}
	for a := range call.Child(syntax.FieldArguments).Children() {
		if a.Kind() == syntax.ListSplat {
			return nil
		}
		if a.Kind() == syntax.KeywordArgument && len(arguments) == position {
			values = append(values, a.Child(syntax.FieldValue))
		}
	}
	return values
}

func report(p *analysis.Pass, c flow.Call, value syntax.Node) {
	method := c.Function.Text()
	method = method[strings.LastIndexByte(method, '.')+1:]
	if kind := p.Unit.Flow.Proxied(value); kind != "" {
		p.Report(value, 0, analysis.Finding{
			Message: fmt.Sprintf("%s gets a proxy of this %s, which cannot be cloned: it raises a DataCloneError", method, kind),
			Fixes:   convert(p, c.Node, value, kind),
			Cause:   analysis.Cause{Span: value.Span(), Kind: "clone"},
		})
		return
	}
	made := p.Unit.Flow.Definition(value)
	versions, when := p.Versions(), ""
	if !p.View.LiteralMap {
		versions = versions.And(pyodide.Before(pyodide.ObjectsByDefault))
		when = fmt.Sprintf(" before Pyodide %s", pyodide.ObjectsByDefault)
	}
	if versions == 0 || p.OfOld() || !plain(p, made) || !hasDict(p, made.Child(syntax.FieldArguments).First()) {
		return
	}
	p.Report(value, 0, analysis.Finding{
		Message:  fmt.Sprintf("to_js makes a LiteralMap of a dict%s, which cannot be cloned: %s raises a DataCloneError", when, method),
		Versions: versions,
		Fixes:    tell(p, made),
		Cause:    analysis.Cause{Span: value.Span(), Kind: "clone"},
	})
}

// plain says whether an expression is a call of to_js that is told nothing of how to convert.
func plain(p *analysis.Pass, n syntax.Node) bool {
	c, ok := p.Unit.Flow.CallAt(n)
	if !ok || c.Name != pyodide.ToJS {
		return false
	}
	for a := range n.Child(syntax.FieldArguments).Children() {
		if a.Kind() == syntax.DictionarySplat || a.Kind() == syntax.ListSplat ||
			a.Kind() == syntax.KeywordArgument && a.Child(syntax.FieldName).Text() != "depth" {
			return false
		}
	}
	return true
}

// hasDict says whether a value is certainly a dict, or a container with one.
func hasDict(p *analysis.Pass, value syntax.Node) bool {
	if p.Unit.Flow.Proxied(value) == "dict" {
		return true
	}
	made := p.Unit.Flow.Definition(value)
	switch made.Kind() {
	case syntax.List, syntax.Tuple:
		for part := range made.Children() {
			if part.Kind() != syntax.ListSplat && hasDict(p, part) {
				return true
			}
		}
	case syntax.ListComprehension:
		return hasDict(p, made.First())
	}
	return false
}
