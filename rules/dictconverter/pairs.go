package dictconverter

import (
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// pairs speaks of a call that wants pairs and is given a dict, or what to_js makes of one. to_js makes the same of the dict
// itself if it is given what is called here.
func pairs(p *analysis.Pass, c flow.Call) {
	value := analysis.Positional(c.Node, 0)
	if !pyodide.WantPairs[c.Path] || !value.OK() || value.Next().OK() {
		return
	}
	wants := c.Function.Text() + " wants pairs"
	finding := analysis.Finding{Cause: analysis.Cause{Span: c.Node.Span(), Kind: "converter"}}
	d, bare := p.Unit.Flow.Dict(value)
	call, converted := p.Unit.Flow.Converted(value)
	_, isDict := p.Unit.Flow.Dict(converted)
	switch {
	case bare && !d.Empty():
		convert, edits := p.Use(c.Node, "pyodide.ffi", "to_js")
		finding.Message = wants + ", and goes through the keys of a dict"
		finding.Fixes = instead(c, convert, value, edits)
	case isDict && p.Versions().And(pyodide.MakesObjects) != 0:
		finding.Message = fmt.Sprintf("%s, and to_js makes an object of a dict from Pyodide %s on", wants, pyodide.ObjectsByDefault)
		finding.Versions = p.Versions().And(pyodide.MakesObjects)
		if call == value && !converted.Next().OK() {
			finding.Fixes = instead(c, call.Child(syntax.FieldFunction).Text(), converted, nil)
		}
	default:
		return
	}
	if p.Unit.Flow.Place(c.Node) == flow.OnHost || p.Unit.Flow.Expects(c.Node, "JsException") {
		return
	}
	p.Report(c.Node, 0, finding)
}

// instead has to_js make of a dict what a call was to make of it.
func instead(c flow.Call, convert string, dict syntax.Node, edits []source.Edit) []analysis.Fix {
	return []analysis.Fix{{
		Title: "Have to_js make it",
		Edits: append(edits, source.Edit{
			Span: c.Node.Span(), New: fmt.Sprintf("%s(%s, %s=%s)", convert, dict.Text(), pyodide.DictConverter, c.Function.Text()),
		}),
	}}
}
