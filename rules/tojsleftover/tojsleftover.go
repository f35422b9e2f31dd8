// Package tojsleftover finds values that to_js knows no conversion for.
package tojsleftover

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed tojs-leftover.md
var doc string

// Rule is tojs-leftover.
var Rule = &analysis.Rule{
	Name: "tojs-leftover", Group: analysis.Proxy, Severity: analysis.Info, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		if c.Name != pyodide.ToJS || decided(c.Node) || p.Unit.Flow.Place(c.Node) == flow.OnHost {
			continue
		}
		arguments := c.Node.Child(syntax.FieldArguments)
		value := arguments.First()
		if arguments.Kind() == syntax.GeneratorExpression {
			value = arguments
		}
		parts, contained := p.Unit.Flow.Parts(value)
		if !contained {
			parts = []syntax.Node{value}
		}
		for _, part := range parts {
			report(p, part, contained)
		}
	}
}

// decided says whether a call of to_js says what becomes of what it cannot convert.
func decided(call syntax.Node) bool {
	for a := range call.Child(syntax.FieldArguments).Children() {
		if a.Kind() == syntax.DictionarySplat || a.Kind() == syntax.KeywordArgument && pyodide.Decides[a.Child(syntax.FieldName).Text()] {
			return true
		}
	}
	return false
}

func report(p *analysis.Pass, value syntax.Node, contained bool) {
	finding := analysis.Finding{Cause: analysis.Cause{Span: value.Span(), Kind: "leftover"}}
	made := p.Unit.Flow.Definition(value)
	if class := p.Unit.Flow.Plain(value); class.OK() {
		if !contained {
			return // a proxy is all that can be wanted of it
		}
		name := class.Child(syntax.FieldName)
		finding.Message = fmt.Sprintf("to_js leaves a proxy of this %s in what it makes, which nobody destroys and JSON leaves empty", name.Text())
		finding.Related = []analysis.Related{{Span: name.Span(), Message: "the class, for which to_js knows no conversion"}}
		p.Report(value, 1, finding) // JavaScript may want to call its methods
		return
	}
	conversion, kind, ok := unconvertible(p, made)
	if !ok {
		return
	}
	finding.Message = fmt.Sprintf("to_js knows no conversion for a %s, so JavaScript gets a proxy and not the value", kind)
	if conversion != (pyodide.Conversion{}) {
		text := conversion.Before + value.Text() + conversion.Behind
		if value.Field() == syntax.FieldArguments { // the parentheses of the call are its own
			text = "(" + text + ")"
		}
		finding.Fixes = []analysis.Fix{{
			Title: fmt.Sprintf("Hand over %s", text), Applicability: analysis.Unsafe, // what JavaScript wants is not known
			Edits: []source.Edit{{Span: value.Span(), New: text}},
		}}
	}
	p.Report(value, 0, finding)
}

func unconvertible(p *analysis.Pass, made syntax.Node) (c pyodide.Conversion, kind string, ok bool) {
	if made.Kind() == syntax.GeneratorExpression {
		return pyodide.Conversion{Before: "list"}, "generator", true
	}
	call, ok := p.Unit.Flow.CallAt(made)
	if !ok {
		return c, "", false
	}
	found, ok := pyodide.Unconvertible[call.Name]
	return found.Conversion, found.Kind, ok
}
