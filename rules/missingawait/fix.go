package missingawait

import (
	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// awaited is the fix that awaits what a call gives, and what is asked of that on the spot if it has to be awaited as well:
// "await (await fetch(url)).json()".
func awaited(p *analysis.Pass, c flow.Call) []analysis.Fix {
	awaiting, ok := p.Await(c.Node)
	if !ok || awaiting.MakesAsync && p.Called(p.Unit.Scopes.Function(c.Node)) {
		return nil
	}
	fix := analysis.Fix{Title: "Await it", Applicability: awaiting.Applicability, Edits: awaiting.Edits}
	if awaiting.MakesAsync {
		fix.Title = "Make the function async and await it"
	}
	start, before := c.Node.Span().Start, ""
	for ok := true; ok; c, ok = next(p, c) {
		end := c.Node.Span().End
		if !analysis.BindsTighter(c.Node) {
			before = "await " + before
			continue
		}
		before = "(await " + before
		fix.Edits = append(fix.Edits, source.Edit{Span: source.Span{Start: end, End: end}, New: ")"})
	}
	fix.Edits = append(fix.Edits, source.Edit{Span: source.Span{Start: start, End: start}, New: before})
	return []analysis.Fix{fix}
}

// next is the call of a method of what a call gives, if that has to be awaited and is not.
func next(p *analysis.Pass, c flow.Call) (flow.Call, bool) {
	method := c.Node.Parent()
	after, ok := p.Unit.Flow.CallAt(method.Parent())
	if !ok || method.Kind() != syntax.Attribute || after.Function != method {
		return flow.Call{}, false
	}
	return after, wrong(p, after, p.Pending(after))
}

// asTask is the fix that has a coroutine run beside what follows, where nothing can await it.
func asTask(p *analysis.Pass, c flow.Call) []analysis.Fix {
	asyncio, edits := p.UseModule(c.Node, "asyncio")
	start, end := c.Node.Span().Start, c.Node.Span().End
	return []analysis.Fix{{
		Title: "Run it as a task", Applicability: analysis.Unsafe,
		Edits: append(edits,
			source.Edit{Span: source.Span{Start: start, End: start}, New: asyncio + ".ensure_future("},
			source.Edit{Span: source.Span{Start: end, End: end}, New: ")"}),
	}}
}
