// Package missingnew finds classes of JavaScript that are called where an object is to be made with new.
package missingnew

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed missing-new.md
var doc string

// Rule is missing-new.
var Rule = &analysis.Rule{
	Name: "missing-new", Group: analysis.Conversion, Severity: analysis.Warning, Doc: doc,
	Evidence: analysis.Fails("requires 'new'", "Please use the 'new' operator", "cannot be invoked without 'new'"), Check: check,
}

func check(p *analysis.Pass) {
	if p.PerhapsMicroPython() {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		switch {
		case c.Path == "":
		case pyodide.NeedsNew(c.Path):
			if !p.Unit.Flow.Expects(c.Node, "TypeError", "JsException") {
				report(p, c, fmt.Sprintf("%s is a class of JavaScript and is made with new: this call is a TypeError", class(c)))
			}
		case c.Path == pyodide.Date && first(c).OK():
			report(p, c, "Date without new ignores what it is given, and gives the present time as text")
		case c.Path == pyodide.Date && usedAsDate(p, c):
			report(p, c, "Date without new gives the present time as text, and no object")
		}
	}
}

func class(c flow.Call) string { return c.Path[strings.LastIndexByte(c.Path, '.')+1:] }

func first(c flow.Call) syntax.Node { return c.Node.Child(syntax.FieldArguments).First() }

// usedAsDate says whether the result of a call is asked for what a Date has and a text has not.
func usedAsDate(p *analysis.Pass, c flow.Call) bool {
	for _, u := range p.Unit.Flow.Goes(c.Node) {
		if u.Becomes == flow.Asked && u.Sure && pyodide.OfDate(u.At.Child(syntax.FieldAttribute).Text()) {
			return true
		}
	}
	return false
}

func report(p *analysis.Pass, c flow.Call, message string) {
	if p.Unit.Flow.Place(c.Node) == flow.OnHost || p.OverThere(c.Function) {
		return
	}
	p.Report(c.Node, 0, analysis.Finding{
		Message: message,
		Fixes: []analysis.Fix{{
			Title: "Make it with new", Edits: []source.Edit{analysis.Insertion(c.Function.Span().End, ".new")},
		}},
		Cause: analysis.Cause{Span: c.Node.Span(), Kind: "call without new"},
	})
}
