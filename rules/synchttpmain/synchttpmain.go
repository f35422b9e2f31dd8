// Package synchttpmain finds synchronous HTTP requests, which freeze the page until the server has answered.
package synchttpmain

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed sync-http-main.md
var doc string

// Rule is sync-http-main.
var Rule = &analysis.Rule{
	Name: "sync-http-main", Group: analysis.MainThread, Severity: analysis.Warning, Realms: pyodide.Main,
	Doc: doc, Check: check,
	Evidence: analysis.HeldUp(func(call string) bool { return call == analysis.SynchronousRequest }),
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		call, function, name := c.Node, c.Function, c.Name
		request, ok := pyodide.Requests[name]
		freeze, freezes := p.Freezes(call, request.Suspends)
		switch {
		case !freezes, !ok && !opensSynchronously(p, call, function), sendsNothing(call), !p.OnlyInPyodide(call), p.Unit.Flow.AsksForRealm(call):
		case ok:
			p.Report(call, 0, analysis.Finding{
				Message: freeze.Message(name, "the server has answered"), Versions: freeze.Versions, Fixes: fixes(p, call, name),
				Cause: analysis.Cause{Span: call.Span(), Kind: "request"},
			})
		default:
			p.Report(call, 0, analysis.Finding{
				Message: "this request is synchronous, so send freezes the page until the server has answered",
				Cause:   analysis.Cause{Span: call.Span(), Kind: "request"},
			})
		}
	}
}

// opensSynchronously says whether a call is open("GET", url, False) of an XMLHttpRequest.
func opensSynchronously(p *analysis.Pass, call, function syntax.Node) bool {
	if function.Child(syntax.FieldAttribute).Text() != "open" || analysis.Positional(call, 2).Kind() != syntax.False {
		return false
	}
	path, _ := p.Unit.Flow.JavaScript(p.Unit.Flow.Definition(function.Child(syntax.FieldObject)))
	return path == pyodide.XMLHttpRequest
}

// sendsNothing says whether the address that a request is for is known to hold its own answer.
func sendsNothing(call syntax.Node) bool {
	for argument := range call.Child(syntax.FieldArguments).Children() {
		if text, ok := syntax.Constant(argument); ok && pyodide.IsLocal(text) {
			return true
		}
	}
	return false
}

// fixes awaits pyfetch in the place of open_url, and gives what open_url gives: a text to read from.
func fixes(p *analysis.Pass, call syntax.Node, name string) []analysis.Fix {
	url := analysis.Positional(call, 0)
	awaiting, ok := p.Await(call)
	if name != "pyodide.http.open_url" || !ok || !url.OK() || url.Next().OK() {
		return nil
	}
	pyfetch, edits := p.Use(call, "pyodide.http", "pyfetch")
	whole, text := call, fmt.Sprintf("await (await %s(%s)).text()", pyfetch, url.Text())
	if read := call.Parent().Parent(); call.Parent().Child(syntax.FieldAttribute).Text() == "read" && read.Kind() == syntax.Call &&
		read.Child(syntax.FieldFunction) == call.Parent() && !read.Child(syntax.FieldArguments).First().OK() {
		whole = read
		if analysis.BindsTighter(whole) {
			text = "(" + text + ")"
		}
	} else {
		io, more := p.UseModule(call, "io")
		edits, text = append(edits, more...), fmt.Sprintf("%s.StringIO(%s)", io, text)
	}
	title := "Await pyfetch instead"
	if awaiting.MakesAsync {
		title = "Make the function async and await pyfetch"
	}
	edits = append(append(edits, awaiting.Edits...), source.Edit{Span: whole.Span(), New: text})
	return []analysis.Fix{{Title: title, Applicability: analysis.Unsafe, Edits: edits}} // errors are others, too
}
