package nullisnone

import (
	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// fixes ask what has the same answer on all of the targeted versions: whether an object is true, whether a text is one,
// or whether a value is jsnull where all of them know that.
func (t test) fixes(p *analysis.Pass, n syntax.Node, from pyodide.Member) []analysis.Fix {
	value := t.value.Text()
	write := func(title, text string) []analysis.Fix {
		return []analysis.Fix{{Title: title, Applicability: t.trust(), Edits: []source.Edit{{Span: n.Span(), New: text}}}}
	}
	switch {
	case from.True() && t.same:
		return write("Ask whether there is an object", "not "+value)
	case from.True() && judged(n):
		return write("Ask whether there is an object", value)
	case from.True():
		return write("Ask whether there is an object", "bool("+value+")")
	case t.given.OK(): // and None may be as well
	case p.Versions().Within(pyodide.Since(pyodide.KnowsNull)):
		name, edits := p.Use(n, "pyodide.ffi", pyodide.JSNull)
		return []analysis.Fix{{
			Title: "Compare it with jsnull", Edits: append(edits, source.Edit{Span: t.none.Span(), New: name}),
		}}
	case from.Besides == pyodide.SomeText && t.same:
		return write("Ask whether it is a text", "not isinstance("+value+", str)")
	case from.Besides == pyodide.SomeText:
		return write("Ask whether it is a text", "isinstance("+value+", str)")
	}
	return nil
}

// trust is how far a fix can be trusted: other calls may give a parameter what is false and no null.
func (t test) trust() analysis.Applicability {
	if t.given.OK() {
		return analysis.Unsafe
	}
	return analysis.Safe
}
