package codeinjection

import (
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// quotes reads code as a literal of Python has it: open is the quotation mark of the string that has begun in it, 0
// outside of strings.
type quotes struct{ open byte }

func (q *quotes) read(code string) {
	for i := 0; i < len(code); i++ {
		c := code[i]
		if c == '\\' && i+1 < len(code) {
			if i++; code[i] != '"' && code[i] != '\'' {
				if code[i] == '\\' {
					i++ // the backslash of the code itself, and what that is before
				}
				continue
			}
			c = code[i] // which only the literal needs to have escaped
		}
		switch {
		case q.open == 0 && strings.IndexByte("\"'`", c) >= 0:
			q.open = c
		case q.open == c:
			q.open = 0
		}
	}
}

// asJSON writes what an f-string fills into code, together with the quotes around it, as a string of the language that
// runs it.
func asJSON(p *analysis.Pass, c flow.Call, pieces []flow.Piece, i int, q quotes) []analysis.Fix {
	n := pieces[i].Node
	in := n.Parent()
	if in.Kind() != syntax.Interpolation || q.open == 0 || q.open == '`' || i == 0 || i+1 == len(pieces) || formatted(in) {
		return nil
	}
	mark := string(q.open)
	before, after := pieces[i-1].Text, pieces[i+1].Text
	if !strings.HasSuffix(before, mark) || strings.HasSuffix(before, `\`+mark) || !strings.HasPrefix(after, mark) {
		return nil // the string holds more than that
	}
	around := source.Span{Start: in.Span().Start - 1, End: in.Span().End + 1}
	if python(c) {
		return []analysis.Fix{{Title: "Write it with repr", Applicability: analysis.Unsafe, Edits: []source.Edit{{Span: around, New: "{" + n.Text() + "!r}"}}}}
	}
	module, edits := p.UseModule(n, "json")
	return []analysis.Fix{{Title: "Write it with json.dumps", Applicability: analysis.Unsafe, Edits: append(edits,
		source.Edit{Span: around, New: "{" + module + ".dumps(" + n.Text() + ")}"})}}
}

// python says whether the code that a call runs is Python.
func python(c flow.Call) bool {
	return strings.HasPrefix(c.Name, "pyodide.code.eval_code") || strings.HasPrefix(c.Name, "pyodide_js.")
}

// formatted says whether an f-string does more with a value than to write it as it is.
func formatted(interpolation syntax.Node) bool {
	text := interpolation.Text()
	return strings.TrimSpace(text[interpolation.First().Span().End-interpolation.Span().Start:]) != "}"
}

// plain says whether no part that is written out is markup.
func plain(pieces []flow.Piece) bool {
	for _, piece := range pieces {
		if strings.ContainsAny(piece.Text, "<&") {
			return false
		}
	}
	return true
}

// inPython reports what a script fills into a string of the Python that it runs.
func inPython(p *analysis.Pass) {
	for _, x := range p.Filled() {
		if x.In.Kind() != syntax.String {
			continue
		}
		from := pyodide.OutsideAt(x.Path)
		message, lower := "", 0
		switch {
		case from != pyodide.NotOutside:
			message = "comes from " + from.From() + " and stands between quotes in Python, which runs what follows a quote in it"
		case x.Path == pyodide.JSONText:
			message = "is JSON between the quotes of Python, which takes its backslashes away, and an apostrophe or quote in it ends the string"
			lower = 1
		case x.Given:
			message = "may hold a quote or a backslash, which ends or changes the Python string that it stands in, and Python runs what follows"
			lower = 2
		default:
			continue
		}
		p.ReportSpan(lower, analysis.Finding{
			Span: x.Span, Message: cut(x.Text) + " " + message, Cause: analysis.Cause{Span: x.Span, Kind: kind},
		})
	}
}
