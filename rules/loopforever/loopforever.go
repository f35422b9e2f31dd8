// Package loopforever finds loops that never end and never let the page run.
package loopforever

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed loop-forever.md
var doc string

// Rule is loop-forever.
var Rule = &analysis.Rule{
	Name: "loop-forever", Group: analysis.MainThread, Severity: analysis.Warning, Realms: pyodide.Main,
	Doc: doc, Evidence: analysis.NeverEnded, Check: check,
}

func check(p *analysis.Pass) {
	for loop := range p.Unit.Tree.Of(syntax.WhileStatement) {
		if !p.OnlyInPyodide(loop) || p.Unit.Flow.AsksForRealm(loop) || !p.Unit.Flow.Endless(loop) {
			continue
		}
		condition := loop.Child(syntax.FieldCondition)
		message := "this loop never ends and never awaits, so the page freezes for good"
		if polls := flow.Polls(condition); polls != "" {
			message = fmt.Sprintf("nothing can change %s while this loop runs, for it never awaits: the page freezes for good", polls)
		}
		p.Report(condition, 0, analysis.Finding{
			Message: message, Fixes: fixes(p, loop), Cause: analysis.Cause{Span: loop.Span(), Kind: "loop"},
		})
	}
}

// fixes let the page run once in each turn, for as long as a frame takes.
func fixes(p *analysis.Pass, loop syntax.Node) []analysis.Fix {
	awaiting, ok := p.Await(loop)
	if !ok || awaiting.MakesAsync && p.Called(p.Unit.Scopes.Function(loop)) || skips(loop) {
		return nil
	}
	asyncio, edits := p.UseModule(loop, "asyncio")
	title := "Await asyncio.sleep in each turn"
	if awaiting.MakesAsync {
		title = "Make the function async and await asyncio.sleep in each turn"
	}
	edits = append(append(edits, awaiting.Edits...), behind(p, loop, "await "+asyncio+".sleep(1 / 60)"))
	return []analysis.Fix{{Title: title, Applicability: analysis.Unsafe, Edits: edits}}
}

// skips says whether a turn may end before its last statement.
func skips(loop syntax.Node) bool {
	for n := range loop.Within() {
		if n.Kind() == syntax.ContinueStatement {
			return true
		}
	}
	return false
}

// behind puts a statement behind the last of a loop's turn, or in the place of "pass".
func behind(p *analysis.Pass, loop syntax.Node, statement string) source.Edit {
	var last syntax.Node
	for s := range loop.Child(syntax.FieldBody).Children() {
		last = s
	}
	if last.Kind() == syntax.PassStatement || last.First().Kind() == syntax.Ellipsis {
		return source.Edit{Span: last.Span(), New: statement}
	}
	text := p.Unit.Source
	line := text.Slice(text.LineSpan(text.LineOf(last.Span().Start)))
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	separator := p.Unit.LineEnd() + indent
	if text.LineOf(last.Span().Start) == text.LineOf(loop.Span().Start) {
		separator = "; "
	}
	return source.Edit{Span: source.Span{Start: last.Span().End, End: last.Span().End}, New: separator + statement}
}
