// Package toplevelawait finds await where nothing can be awaited: at the top level of what is entered synchronously.
package toplevelawait

import (
	_ "embed"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

//go:embed top-level-await.md
var doc string

// Rule is top-level-await.
var Rule = &analysis.Rule{
	Name: "top-level-await", Group: analysis.Async, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.Fails("'await' outside function"), Check: check,
}

func check(p *analysis.Pass) {
	if p.MayEnter(host.AsyncEntry) {
		return
	}
	word, ok := first(p.Unit)
	if !ok {
		return
	}
	p.ReportSpan(0, analysis.Finding{ // one of them is enough: nothing of the text runs
		Span: word, Message: message(p), Cause: analysis.Cause{Span: word, Kind: "await"},
	})
}

// first is the first word at the top level that only an asynchronous text may have.
func first(u *analysis.Unit) (word source.Span, ok bool) {
	for _, kind := range []syntax.Kind{syntax.Await, syntax.ForStatement, syntax.WithStatement, syntax.ForInClause} {
		for n := range u.Tree.Of(kind) {
			at := n.Span()
			at.End = at.Start + len("await") // as long as "async"
			if kind != syntax.Await && n.First().Kind() != syntax.Async || ok && word.Start < at.Start {
				continue
			}
			if !u.Scopes.Function(n).OK() && !apart(n) {
				word, ok = at, true
			}
		}
	}
	return word, ok
}

// apart says whether code stands in the body of a class, which cannot await however the text is entered, or in what
// a generator expression does later: it may, and becomes an asynchronous generator. Only the iterable of its first
// clause is worked out at once.
func apart(n syntax.Node) bool {
	clause, below := syntax.Node{}, n
	for p := range n.Above() {
		switch p.Kind() {
		case syntax.ClassDefinition:
			if below.Field() == syntax.FieldBody {
				return true
			}
		case syntax.GeneratorExpression:
			if below.Kind() != syntax.ForInClause || clause.Field() != syntax.FieldRight || below != firstClause(p) {
				return true
			}
		}
		clause, below = below, p
	}
	return false
}

func firstClause(generator syntax.Node) syntax.Node {
	for c := range generator.Children() {
		if c.Kind() == syntax.ForInClause {
			return c
		}
	}
	return syntax.Node{}
}

func message(p *analysis.Pass) string {
	switch {
	case p.Unit.Host == nil && p.MayEnter(host.Imported):
		return "this file is imported as a module, whose top level cannot await: the import is a SyntaxError"
	case p.Unit.Host != nil && p.Unit.Form == host.Attribute:
		return "an event attribute cannot await, so nothing happens: name the async function alone, which PyScript then calls"
	}
	return "what runPython runs cannot await at its top level: it is a SyntaxError; runPythonAsync runs it"
}
