// Package blockmain finds calls that freeze the page.
package blockmain

import (
	_ "embed"
	"fmt"
	"strconv"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed block-main.md
var doc string

// Rule is block-main.
var Rule = &analysis.Rule{
	Name: "block-main", Group: analysis.MainThread, Severity: analysis.Warning, Realms: []analysis.Realm{analysis.Main},
	Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	for call := range p.File.Tree.Of(syntax.Call) {
		name := p.File.Scopes.Canonical(call.Child(syntax.FieldFunction))
		blocker, ok := pyodide.Blockers[name]
		if !ok || !inPage(p, call) || brief(p, call, blocker) {
			continue
		}
		function := p.File.Scopes.Function(call)
		message := fmt.Sprintf("%s freezes the page until it is over: nothing is drawn and no event is handled", name)
		if blocker.Suspends && flow.Async(function) {
			message = fmt.Sprintf("%s freezes the page before Pyodide 0.28 and in browsers without JSPI, even in an async function", name)
		}
		p.Report(call, 0, analysis.Finding{
			Message: message,
			Fixes:   fixes(p, call, function, blocker),
			Cause:   analysis.Cause{Span: call.Span(), Kind: "blocking call"},
		})
	}
}

// inPage says whether the call is known to run in Pyodide: its file cannot be loaded anywhere else, or a
// guard around the call lets nothing else through.
func inPage(p *analysis.Pass, call syntax.Node) bool {
	switch p.File.Flow.Place(call) {
	case flow.InPyodide:
		return true
	case flow.Anywhere:
		return p.Bridge() == flow.Bare
	}
	return false
}

// brief says whether a constant says that the call is over before anyone can notice, and is not repeated.
func brief(p *analysis.Pass, call syntax.Node, blocker pyodide.Blocker) bool {
	i := 0
	for a := range call.Child(syntax.FieldArguments).Children() {
		if i == blocker.Argument {
			seconds, err := strconv.ParseFloat(a.Text(), 64)
			return err == nil && (seconds == 0 || seconds < pyodide.LongTask && !p.File.Flow.Repeats(call))
		}
		i++
	}
	return true // no argument: a TypeError, and none of our business
}

func fixes(p *analysis.Pass, call, function syntax.Node, blocker pyodide.Blocker) []analysis.Fix {
	if blocker.Async[0] == "" || function.Kind() == syntax.Lambda {
		return nil
	}
	module, edits := p.UseModule(call, blocker.Async[0])
	awaited := "await " + module + "." + blocker.Async[1]
	start := call.Span().Start
	edits = append(edits, source.Edit{
		Span: source.Span{Start: start, End: call.Child(syntax.FieldFunction).Span().End}, New: awaited,
	})
	switch {
	case function.OK() && flow.Async(function):
		return []analysis.Fix{{Title: "Await asyncio.sleep instead", Edits: edits}}
	case !function.OK() && p.File.Scopes.At(call) != p.File.Scopes.Module():
		return nil // a class body cannot await
	case !function.OK():
		return []analysis.Fix{{Title: "Await asyncio.sleep instead", Applicability: analysis.Unsafe, Edits: edits}}
	}
	def := function.Span().Start
	edits = append(edits, source.Edit{Span: source.Span{Start: def, End: def}, New: "async "})
	return []analysis.Fix{{
		Title: "Make the function async and await asyncio.sleep", Applicability: analysis.Unsafe, Edits: edits,
	}}
}
