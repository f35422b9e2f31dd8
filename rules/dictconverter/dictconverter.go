// Package dictconverter finds functions that make no object of the pairs of a dict, and that to_js is given for that, and
// calls of those that do for what is no pairs.
package dictconverter

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed dict-converter.md
var doc string

// Rule is dict-converter.
var Rule = &analysis.Rule{
	Name: "dict-converter", Group: analysis.Conversion, Severity: analysis.Error, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		pairs(p, c)
		if !converts(p, c) || p.Unit.Flow.Place(c.Node) == flow.OnHost {
			continue
		}
		value := flow.Keyword(c.Node.Child(syntax.FieldArguments), pyodide.DictConverter)
		wrong, ok := misconverter(p, value)
		if !ok || wrong.Raises && p.Unit.Flow.Expects(c.Node, "ConversionError", "JsException") {
			continue
		}
		object, edits := p.Use(value, "js", wrong.Instead)
		p.Report(value, 0, analysis.Finding{
			Message: fmt.Sprintf("%s makes %s of a dict: to_js gives it the pairs of the dict", value.Text(), wrong.Makes),
			Fixes: []analysis.Fix{{
				Title: "Use " + wrong.Instead + wrong.Member, Edits: append(edits, source.Edit{Span: value.Span(), New: object + wrong.Member}),
			}},
			Cause: analysis.Cause{Span: value.Span(), Kind: "converter"},
		})
	}
}

// converts says whether a call is one of to_js, or makes a function that calls it.
func converts(p *analysis.Pass, c flow.Call) bool {
	return pyodide.Converters[c.Name] || c.Name == "functools.partial" && pyodide.Converters[p.Unit.Scopes.Canonical(analysis.Positional(c.Node, 0))]
}

// misconverter is what an expression makes of a dict, if that is no object.
func misconverter(p *analysis.Pass, value syntax.Node) (m pyodide.Misconverter, ok bool) {
	made := p.Unit.Flow.Definition(value)
	if made.Kind() == syntax.None {
		m, ok = pyodide.Misconverters["None"]
		return m, ok
	}
	path, javaScript := p.Unit.Flow.JavaScript(value)
	if !javaScript {
		path = p.Unit.Scopes.Canonical(value)
	}
	m, ok = pyodide.Misconverters[path]
	return m, ok
}
