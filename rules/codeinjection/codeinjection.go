// Package codeinjection finds texts that become part of code or of markup.
package codeinjection

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed code-injection.md
var doc string

// Rule is code-injection.
var Rule = &analysis.Rule{
	Name: "code-injection", Group: analysis.Security, Severity: analysis.Warning, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		if position, ok := pyodide.Evaluates(c.Name, c.Path); ok {
			inScript(p, c, position)
		} else if position, ok := pyodide.ReadsMarkup(c.Name, c.Path, c.Method); ok && !p.Unit.Flow.Python(c.Object()) {
			inMarkup(p, flow.Positional(c.Node, position), syntax.Node{})
		}
	}
	for name, targets := range p.Unit.Scopes.AllAttributeTargets() {
		if !pyodide.MarkupMember(name) {
			continue
		}
		for _, target := range targets {
			if statement := target.Parent(); target.Field() == syntax.FieldLeft && !p.Unit.Flow.Python(target.Child(syntax.FieldObject)) {
				inMarkup(p, statement.Child(syntax.FieldRight), target)
			}
		}
	}
	inPython(p)
}

// inMarkup reports what comes from outside and is read as markup. What is nothing but that is markup on purpose.
func inMarkup(p *analysis.Pass, text, target syntax.Node) {
	pieces := p.Unit.Flow.Pieces(text)
	for _, piece := range pieces {
		from, at := outside(p, piece)
		if from == pyodide.NotOutside || len(pieces) == 1 {
			continue
		}
		lower := 1 // it may be a number, or nothing that anybody else has a hand in
		if from == pyodide.Addressed {
			lower = 0
		}
		p.Report(piece.Node, lower, analysis.Finding{
			Message: fmt.Sprintf("%s comes from %s and is read as markup, which can hold elements that run code", short(piece.Node), from.From()),
			Related: related(piece.Node, at), Fixes: escapes(p, pieces, piece, target),
			Cause: analysis.Cause{Span: piece.Node.Span(), Kind: kind},
		})
	}
}

const kind = "text"

// inScript reports what comes from outside and becomes code, and what a caller gives between the quotes of code.
func inScript(p *analysis.Pass, c flow.Call, position int) {
	arguments, all := flow.Arguments(c.Node)
	if position < 0 && all {
		position = len(arguments) - 1
	}
	if position < 0 || position >= len(arguments) {
		return
	}
	var q quotes
	pieces := p.Unit.Flow.Pieces(arguments[position])
	for i, piece := range pieces {
		if !piece.Node.OK() {
			q.read(piece.Text)
			continue
		}
		from, at := outside(p, piece)
		message, lower := "", 0
		switch {
		case from != pyodide.NotOutside && len(pieces) > 1:
			message = fmt.Sprintf("%s comes from %s and becomes a part of the code that %s runs", short(piece.Node), from.From(), called(c))
		case q.open != 0 && p.Unit.Flow.Unsure(piece, p.CalledElsewhere):
			lower = 2 // the callers may give nothing that has a quote in it
			message = fmt.Sprintf("a quote or a backslash in %s ends or changes the string that it stands in, and %s runs what follows", short(piece.Node), called(c))
		default:
			continue
		}
		p.Report(piece.Node, lower, analysis.Finding{
			Message: message, Related: related(piece.Node, at), Fixes: asJSON(p, c, pieces, i, q),
			Cause: analysis.Cause{Span: piece.Node.Span(), Kind: kind},
		})
	}
}

func outside(p *analysis.Pass, piece flow.Piece) (from pyodide.Outside, at syntax.Node) {
	if !piece.Node.OK() || piece.Number {
		return pyodide.NotOutside, syntax.Node{}
	}
	return p.Unit.Flow.Outside(piece.Node)
}

// called is what the code is run by, as people call it.
func called(c flow.Call) string { return short(c.Function) }

func short(n syntax.Node) string { return cut(n.Text()) }

// cut is the text of an expression, cut where it is long.
func cut(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// related is the place where the value comes from, if that is another one.
func related(piece, at syntax.Node) []analysis.Related {
	if !at.OK() || piece.Holds(at) || piece == at {
		return nil
	}
	return []analysis.Related{{Span: at.Span(), Message: "it comes from here"}}
}

// escapes has what is filled in stand for itself: by html.escape, or by a text that is no markup where none of it is.
func escapes(p *analysis.Pass, pieces []flow.Piece, piece flow.Piece, target syntax.Node) []analysis.Fix {
	if target.OK() && target.Parent().Kind() == syntax.Assignment && target.Child(syntax.FieldAttribute).Text() == "innerHTML" && plain(pieces) {
		return []analysis.Fix{{Title: "Assign to textContent", Applicability: analysis.Unsafe, Edits: []source.Edit{
			{Span: target.Child(syntax.FieldAttribute).Span(), New: "textContent"},
		}}}
	}
	n := piece.Node
	if in := n.Parent(); in.Kind() == syntax.Interpolation && formatted(in) {
		return nil // its format is for what it is now
	}
	module, edits := p.UseModule(n, "html")
	return []analysis.Fix{{Title: "Escape it with html.escape", Applicability: analysis.Unsafe, Edits: append(edits,
		source.Edit{Span: n.Span(), New: module + ".escape(str(" + n.Text() + "))"})}}
}
