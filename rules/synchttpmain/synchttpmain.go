// Package synchttpmain finds synchronous HTTP requests, which freeze the page until the server has answered.
package synchttpmain

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed sync-http-main.md
var doc string

// Rule is sync-http-main.
var Rule = &analysis.Rule{
	Name: "sync-http-main", Group: analysis.MainThread, Movable: true, Severity: analysis.Warning, Realms: pyodide.Main,
	Doc: doc, Check: check,
	Evidence: analysis.HeldUp(func(call string) bool { return call == analysis.SynchronousRequest }),
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		request, ok := p.Unit.Flow.Blocking(c)
		if !ok || request.Act != flow.Requests || !p.OnlyInPyodide(c.Node) {
			continue
		}
		freeze, ok := p.Freezes(c.Node, request.Suspends)
		if !ok {
			continue
		}
		finding := analysis.Finding{
			Message: "this request is synchronous, so send freezes the page until the server has answered",
			Cause:   analysis.Cause{Span: c.Node.Span(), Kind: kind},
		}
		if request.What != "" {
			finding.Message, finding.Versions, finding.Fixes = freeze.Message(c.Name, answered), freeze.Versions, fixes(p, c.Node, c.Name)
		}
		p.Report(c.Node, 0, finding)
	}
	for _, f := range p.Freezing(flow.Requests) {
		if !p.Unit.Flow.AsksForRealm(f.Call.Node) {
			p.Report(f.Call.Node, 0, f.Finding(kind, answered))
		}
	}
}

// What is waited for, and what kind of cause it is that waits.
const (
	answered = "the server has answered"
	kind     = "request"
)

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
