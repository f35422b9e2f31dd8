package optionsdict

import (
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// fixes hand over an argument as an object: as keywords where that will do, which stand for names without quotes as well.
func fixes(p *analysis.Pass, c flow.Call, g analysis.GivenOptions) []analysis.Fix {
	if fix, ok := keywords(p, c, g); ok {
		return []analysis.Fix{fix}
	}
	d, _ := p.Unit.Flow.Dict(g.Value)
	if slices.ContainsFunc(d.Items, func(i flow.Item) bool { return flow.Unquoted(i.Node.Child(syntax.FieldKey)) }) {
		return nil
	}
	return []analysis.Fix{wrapped(p, g.Value)}
}

// wrapped is the fix that has to_js make an object of a dict, and of those in it.
func wrapped(p *analysis.Pass, value syntax.Node) analysis.Fix {
	convert, edits := p.Use(value, "pyodide.ffi", "to_js")
	object, more := p.Use(value, "js", "Object")
	return analysis.Fix{
		Title: "Convert it with to_js",
		Edits: append(append(edits, more...), source.Edit{
			Span: value.Span(), New: fmt.Sprintf("%s(%s, %s=%s.fromEntries)", convert, value.Text(), pyodide.DictConverter, object),
		}),
	}
}

// shaped is the fix that tells a call of to_js to make objects.
func shaped(p *analysis.Pass, call syntax.Node) analysis.Fix {
	object, edits := p.Use(call, "js", "Object")
	last := syntax.Node{}
	for a := range call.Child(syntax.FieldArguments).Children() {
		last = a
	}
	return analysis.Fix{
		Title: "Have to_js make an object of it",
		Edits: append(edits, analysis.Insertion(last.Span().End, fmt.Sprintf(", %s=%s.fromEntries", pyodide.DictConverter, object))),
	}
}

// keywords is the fix that hands over the items of a dict as keywords, of which Pyodide makes an object; ok is false where
// one of them cannot be a keyword, or is no value that JavaScript has itself.
func keywords(p *analysis.Pass, c flow.Call, g analysis.GivenOptions) (fix analysis.Fix, ok bool) {
	d, _ := p.Unit.Flow.Dict(g.Value)
	if g.Record || d.Made != g.Value || d.Open || g.Value.Next().OK() || g.Value.Kind() != syntax.Dictionary || strings.Contains(g.Value.Text(), "#") {
		return analysis.Fix{}, false
	}
	var written []string
	given := map[string]bool{}
	for _, item := range d.Items {
		if !analysis.IsIdentifier(item.Key) || pyodide.IsKeyword(item.Key) || given[item.Key] || !flat(p, item.Value) {
			return analysis.Fix{}, false
		}
		given[item.Key] = true
		written = append(written, item.Key+"="+item.Value.Text())
	}
	return analysis.Fix{
		Title: "Write the options as keywords",
		Edits: []source.Edit{{Span: g.Value.Span(), New: strings.Join(written, ", ")}},
	}, true
}

// flat says whether a value is certainly one that JavaScript has itself, so that nothing in it wants to be converted.
func flat(p *analysis.Pass, value syntax.Node) bool {
	switch value.Kind() {
	case syntax.String, syntax.ConcatenatedString, syntax.Integer, syntax.Float, syntax.True, syntax.False, syntax.None,
		syntax.ComparisonOperator, syntax.NotOperator, syntax.UnaryOperator:
		return true
	}
	_, ok := p.Unit.Flow.JavaScript(value)
	return ok
}
