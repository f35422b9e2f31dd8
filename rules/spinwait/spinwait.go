// Package spinwait finds loops that do nothing but read shared memory until another thread has written to it.
package spinwait

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

//go:embed spin-wait.md
var doc string

// Rule is spin-wait.
var Rule = &analysis.Rule{
	Name: "spin-wait", Group: analysis.SharedMemory, Severity: analysis.Warning, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	for loop := range p.Unit.Tree.Of(syntax.WhileStatement) {
		s, ok := p.Unit.Flow.Spin(loop)
		if !ok {
			continue
		}
		message, lower := "this loop holds up its thread until another one writes %s, and a worker that is yet to start never does", 0
		switch p.Realms(loop) {
		case pyodide.Main:
			message = "this loop freezes the page until another thread writes %s, and a worker that is yet to start never does"
		case pyodide.Worker:
			message, lower = "this loop keeps a processor busy with nothing until another thread writes %s", 1
		}
		p.Report(loop.Child(syntax.FieldCondition), lower, analysis.Finding{
			Message: fmt.Sprintf(message, s.Array.Text()+"["+s.Index.Text()+"]"),
			Fixes:   fixes(p, loop, s), Cause: analysis.Cause{Span: loop.Span(), Kind: "spin"},
		})
	}
}

// fixes wait in each turn of the loop: in a worker for the other thread, elsewhere for the time to pass. The loop stays,
// so that it does not matter whether the other thread notifies.
func fixes(p *analysis.Pass, loop syntax.Node, s flow.Spin) []analysis.Fix {
	fix := analysis.Fix{Title: "Wait with Atomics.wait, 10 ms at a time"}
	waiting, edits, ok := inWorker(p, loop, s)
	if !ok {
		awaiting, ok := p.Await(loop)
		if !ok {
			return nil
		}
		asyncio, imports := p.UseModule(loop, "asyncio")
		waiting, edits = "await "+asyncio+".sleep(0.01)", append(imports, awaiting.Edits...)
		fix.Title, fix.Applicability = "Await asyncio.sleep in the loop", awaiting.Applicability
		if awaiting.MakesAsync {
			fix.Title = "Make the function async and await asyncio.sleep in the loop"
		}
	}
	fix.Edits = append(edits, first(p, loop.Child(syntax.FieldBody), waiting))
	return []analysis.Fix{fix}
}

// inWorker is a wait for the other thread, for code that is certain to run where one may wait, and in no async function,
// which is to let others run. ok is false where there is none.
func inWorker(p *analysis.Pass, loop syntax.Node, s flow.Spin) (waiting string, edits []source.Edit, ok bool) {
	_, array, _ := p.Unit.Flow.ArrayMade(s.Array)
	if p.Realms(loop) != pyodide.Worker || !pyodide.Waits(array) || s.Index.Kind() == syntax.UnaryOperator ||
		flow.Async(p.Unit.Scopes.Function(loop)) {
		return "", nil, false
	}
	atomics, edits := p.Use(loop, "js", "Atomics")
	return fmt.Sprintf("%s.wait(%s, %s, %s, 10)", atomics, s.Array.Text(), s.Index.Text(), expected(loop, s)), edits, true
}

// expected is the value of the item for which the loop goes on: the one that its condition names, else the one that is
// there.
func expected(loop syntax.Node, s flow.Spin) string {
	condition := loop.Child(syntax.FieldCondition)
	switch condition.Kind() {
	case syntax.NotOperator:
		if condition.Child(syntax.FieldArgument) == s.Read {
			return "0"
		}
	case syntax.ComparisonOperator:
		operator := s.Read.Next()
		if value := operator.Next(); condition.First() == s.Read && operator.Text() == "==" && !value.Next().OK() {
			return value.Text()
		}
	}
	return s.Read.Text()
}

// first puts a statement before the others of a block, or in the place of one that does nothing.
func first(p *analysis.Pass, block syntax.Node, statement string) source.Edit {
	head := block.First()
	for head.Kind() == syntax.Comment {
		head = head.Next()
	}
	if head.Kind() == syntax.PassStatement || head.First().Kind() == syntax.Ellipsis {
		return source.Edit{Span: head.Span(), New: statement}
	}
	text, start := p.Unit.Source, head.Span().Start
	line := text.LineSpan(text.LineOf(start))
	between := text.Slice(source.Span{Start: line.Start, End: start})
	if strings.TrimSpace(between) == "" {
		between = p.Unit.LineEnd() + between
	} else {
		between = "; " // the block stands on the line of the loop
	}
	return source.Edit{Span: source.Span{Start: start, End: start}, New: statement + between}
}
