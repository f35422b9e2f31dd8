// Package heapview finds views of Python's memory that outlive it, or that nothing releases.
package heapview

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

//go:embed heap-view.md
var doc string

// Rule is heap-view.
var Rule = &analysis.Rule{
	Name: "heap-view", Group: analysis.SharedMemory, Severity: analysis.Warning, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		if c.Method != pyodide.GetBuffer || !p.Unit.Flow.HeapBuffer(c.Node).OK() {
			continue
		}
		b := buffer{p, c.Node, p.Unit.Flow.Heap(c.Node)}
		if !b.Kept && b.resized() || b.empty() || b.Kept {
			continue
		}
		b.leaks()
	}
}

// buffer is what a call of getBuffer gives.
type buffer struct {
	*analysis.Pass
	call syntax.Node
	flow.Heap
}

// report says one thing about a buffer.
func (b *buffer) report(at syntax.Node, lower int, message string, related ...analysis.Related) bool {
	if at != b.call {
		related = append(related, analysis.Related{Span: b.call.Span(), Message: "the view of Python's memory"})
	}
	b.Report(at, lower, analysis.Finding{
		Message: message, Related: related, Cause: analysis.Cause{Span: b.call.Span(), Kind: "view of memory"},
	})
	return true
}

// resized reports where an object of which a buffer is never released gets another size.
func (b *buffer) resized() bool {
	made := b.Unit.Flow.Definition(b.call.Child(syntax.FieldFunction).Child(syntax.FieldObject))
	object := analysis.Positional(made, 0)
	name := b.Unit.Flow.Resizable(object)
	if name == nil {
		return false
	}
	for n := range b.Unit.Tree.Root().Within() {
		if b.Unit.Flow.Resizes(n, name) && b.Unit.Flow.Reaches(b.call, n) {
			return b.report(n, 0, fmt.Sprintf("%s cannot get another size while JavaScript has a view of it, and nothing releases that", name.Text))
		}
	}
	return false
}

// empty reports where the view is used although memory may have grown since it was made: behind an allocation that
// is larger than memory was, behind an await, in a function that runs later.
func (b *buffer) empty() bool {
	for _, read := range b.Reads {
		if grown := b.Unit.Flow.Between(b.call, read, b.Unit.Flow.Grows); grown.OK() {
			return b.report(read, 0, "memory has grown since this view of it was made, so that it is empty",
				analysis.Related{Span: grown.Span(), Message: "memory grows here"})
		}
	}
	for _, read := range b.Reads {
		function := b.Unit.Scopes.Function(read)
		switch awaited := b.Unit.Flow.Between(b.call, read, isAwait); {
		case awaited.OK():
			return b.report(read, 1, "memory may have grown during an await since this view of it was made, and then it is empty",
				analysis.Related{Span: awaited.Span(), Message: "other code runs here"})
		case b.Unit.Scopes.Function(b.call).Holds(function): // with the same function, or called by it
		case b.Unit.Flow.Later(function) && b.Unit.Flow.Runs(read) != flow.Once:
			return b.report(read, 1, "memory may have grown when this function runs, and then this view of it is empty")
		}
	}
	return false
}

func isAwait(n syntax.Node) bool { return n.Kind() == syntax.Await }

// leaks reports a buffer that code asks for again and again, and nothing releases.
func (b *buffer) leaks() {
	runs := b.Unit.Flow.Runs(b.call)
	if runs == flow.Once {
		return
	}
	lower := 1
	if runs == flow.Again {
		lower = 0
	}
	b.report(b.call, lower, "nothing releases this view of Python's memory, so that what it shows stays in memory each time this runs")
}
