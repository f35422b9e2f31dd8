package missingawait

import (
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// forgotten says whether a call gives a coroutine that nobody can await. A promise does its work by itself.
func forgotten(p *analysis.Pass, c flow.Call, pending *pyodide.Awaited) bool {
	return pending.Coroutine && p.Unit.Flow.Dropped(c.Node) && !shown(p, c.Node) && !(pyodide.OnceStarted[c.Name] && p.OfOld())
}

// shown says whether a call stands where what it gives goes to whoever runs the text, and may be awaited there: it is the
// last statement of one, of a script, or of a cell.
func shown(p *analysis.Pass, call syntax.Node) bool {
	statement, _, _ := p.Statement(call)
	if statement.Parent().Kind() != syntax.Module || !p.MayEnter(host.AsyncEntry) && !p.MayEnter(host.PlainEntry) {
		return false
	}
	if p.Unit.Form == host.Cells || p.Unit.Form == host.Fence {
		return true // each cell has a last statement of its own
	}
	next := statement.Next()
	for next.Kind() == syntax.Comment {
		next = next.Next()
	}
	return !next.OK() || next.Broken() || p.Unit.Host != nil && apart(p, statement, next)
}

// apart says whether two statements stand in different scripts of a page.
func apart(p *analysis.Pass, a, b syntax.Node) bool {
	end, start := p.Unit.Host.Map.Span(a.Span()).End, p.Unit.Host.Map.Span(b.Span()).Start
	return start >= end && strings.Contains(p.File.Source.Text()[end:start], "</")
}
