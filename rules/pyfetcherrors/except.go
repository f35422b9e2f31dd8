package pyfetcherrors

import (
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// client is what sends the requests in the body of a try: fetch of JavaScript, or pyfetch.
type client struct {
	call   flow.Call
	raises string // what it raises where it fails, for people
}

// catches reports an except clause that is there for requests that fail, and does not catch what these raise.
func catches(p *analysis.Pass, clause syntax.Node) {
	exception, ok := p.Unit.Flow.OnlyException(clause)
	if !ok {
		return
	}
	canonical := p.Unit.Scopes.Canonical(exception)
	foreign := pyodide.OfAnotherClient(canonical)
	if !foreign && !pyodide.OSErrors[canonical] {
		return
	}
	by, ok := sends(p, clause.Parent().Child(syntax.FieldBody))
	if !ok || !foreign && by.raises == "OSError" || caughtElsewhere(clause.Parent(), by) {
		return
	}
	p.Report(exception, 0, analysis.Finding{
		Message: fmt.Sprintf("%s raises %s where it fails, which %s does not catch", by.call.Function.Text(), by.raises, exception.Text()),
		Related: []analysis.Related{{Span: by.call.Node.Span(), Message: "the request"}},
		Fixes:   by.catch(p, exception), Cause: analysis.Cause{Span: exception.Span(), Kind: "exception"},
	})
}

// catch is the fix that names what is raised.
func (by client) catch(p *analysis.Pass, exception syntax.Node) []analysis.Fix {
	name, edits := by.raises, []source.Edit(nil)
	if name != "OSError" {
		name, edits = p.Use(exception, "pyodide.ffi", name)
	}
	return []analysis.Fix{{
		Title: "Catch " + by.raises, Applicability: analysis.Unsafe, // what handles it may ask for what the other has
		Edits: append(edits, source.Edit{Span: exception.Span(), New: name}),
	}}
}

// sends is the client of a block that does nothing else which may fail in the way of a request: all of its calls are of
// JavaScript, or all of pyfetch and of its responses, but for those of built-in functions and of the json module.
func sends(p *analysis.Pass, block syntax.Node) (by client, ok bool) {
	if raises(block) {
		return client{}, false
	}
	for _, c := range p.Unit.Flow.Calls() {
		if !block.Holds(c.Node) {
			continue
		}
		raised := ""
		switch {
		case c.Path == pyodide.JSFetch:
			raised = "JsException"
		case c.Name == pyodide.PyFetch:
			raised = "OSError"
		case c.Path != "", pyodide.Quick(c.Name), c.Name == "json.loads", c.Method == "raise_for_status", reads(p, c):
			continue
		}
		if raised == "" || by.raises != "" && by.raises != raised {
			return client{}, false
		}
		by = client{c, raised}
	}
	return by, by.raises != ""
}

// raises says whether a block raises something itself, or awaits what is no call of its own: that may raise anything.
func raises(block syntax.Node) bool {
	for n := range block.Within() {
		awaited := n.First()
		for awaited.Kind() == syntax.ParenthesizedExpression {
			awaited = awaited.First()
		}
		if n.Kind() == syntax.RaiseStatement || n.Kind() == syntax.Await && awaited.Kind() != syntax.Call {
			return true
		}
	}
	return false
}

// caughtElsewhere says whether another clause of the try catches what a client raises.
func caughtElsewhere(try syntax.Node, by client) bool {
	for c := range try.Children() {
		if c.Kind() == syntax.ExceptClause && scope.Catches(c, by.raises) {
			return true
		}
	}
	return false
}
