package postproxy

import (
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// convert hands over what to_js makes of a value, if it can make what was meant of it.
func convert(p *analysis.Pass, call, value syntax.Node, kind string) []analysis.Fix {
	if !slices.Contains(pyodide.Convertible, kind) || value.Kind() == syntax.NamedExpression {
		return nil
	}
	name, edits := p.Use(call, "pyodide.ffi", "to_js")
	end := ")"
	if kind == "dict" || mayHold(p, value) {
		fromEntries, more := objects(p, call)
		edits, end = append(edits, more...), ", "+pyodide.DictConverter+"="+fromEntries+")"
	}
	span := value.Span()
	return []analysis.Fix{{
		Title: "Convert it with to_js",
		Edits: append(edits, source.Edit{Span: source.Span{Start: span.Start, End: span.Start}, New: name + "("},
			source.Edit{Span: source.Span{Start: span.End, End: span.End}, New: end}),
	}}
}

// tell has a call of to_js make objects of dicts.
func tell(p *analysis.Pass, call syntax.Node) []analysis.Fix {
	fromEntries, edits := objects(p, call)
	last := syntax.Node{}
	for a := range call.Child(syntax.FieldArguments).Children() {
		last = a
	}
	end := last.Span().End
	return []analysis.Fix{{
		Title: "Make objects of dicts",
		Edits: append(edits, source.Edit{Span: source.Span{Start: end, End: end}, New: ", " + pyodide.DictConverter + "=" + fromEntries}),
	}}
}

// objects is the function that makes an object of the items of a dict.
func objects(p *analysis.Pass, at syntax.Node) (expression string, edits []source.Edit) {
	name, edits := p.Use(at, "js", "Object")
	return name + ".fromEntries", edits
}

// mayHold says whether a dict may stand in a container: none does if all that does is written out.
func mayHold(p *analysis.Pass, value syntax.Node) bool {
	parts, _ := p.Unit.Flow.Parts(value)
	for _, part := range parts {
		switch part.Kind() {
		case syntax.String, syntax.Integer, syntax.Float, syntax.True, syntax.False, syntax.None:
		default:
			return true
		}
	}
	return hasDict(p, value)
}
