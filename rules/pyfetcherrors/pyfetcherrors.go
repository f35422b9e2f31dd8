// Package pyfetcherrors finds requests whose answer is taken on trust, read twice, or whose failure is not caught by what
// is there to catch it.
package pyfetcherrors

import (
	_ "embed"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed pyfetch-errors.md
var doc string

// Rule is pyfetch-errors.
var Rule = &analysis.Rule{
	Name: "pyfetch-errors", Group: analysis.Async, Severity: analysis.Warning, Doc: doc,
	Evidence: analysis.Fails("Response body is already used", "body stream already read", "Body has already been read"), Check: check,
}

// hint is by how much what may well be meant so is less than a warning.
const hint = 2

func check(p *analysis.Pass) {
	var readers []flow.Call
	for _, c := range p.Unit.Flow.Calls() {
		if pyodide.BodyReaders[c.Method] && reads(p, c) && p.Unit.Flow.Place(c.Node) != flow.OnHost {
			readers = append(readers, c)
		}
	}
	for i, c := range readers {
		twice(p, c, readers[:i])
		unchecked(p, c)
		outdated(p, c)
	}
	for n := range p.Unit.Tree.Of(syntax.ExceptClause) {
		catches(p, n)
	}
}

// reads says whether a call certainly reads the body of a response. A coroutine does so when it is awaited.
func reads(p *analysis.Pass, c flow.Call) bool {
	if c.Path != "" {
		m, ok := pyodide.MemberAt(c.Path)
		return ok && (m.Of == "Response" || m.Of == "Body")
	}
	return c.Name == "" && p.Unit.Flow.Called(c) == pyodide.FetchResponse+"."+c.Method && awaited(c.Node)
}

func awaited(call syntax.Node) bool {
	n := call.Parent()
	for n.Kind() == syntax.ParenthesizedExpression {
		n = n.Parent()
	}
	return n.Kind() == syntax.Await
}

// outdated reports the older name of a method.
func outdated(p *analysis.Pass, c flow.Call) {
	if c.Path != "" || c.Method != "string" || p.OfOld() { // before 0.24 there is no other
		return
	}
	method := c.Function.Child(syntax.FieldAttribute)
	p.Report(method, hint, analysis.Finding{
		Message: "string is the older name of text, and is to go",
		Fixes:   []analysis.Fix{{Title: "Use text", Edits: []source.Edit{{Span: method.Span(), New: "text"}}}},
		Cause:   analysis.Cause{Span: method.Span(), Kind: "name"},
	})
}
