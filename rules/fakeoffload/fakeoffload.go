// Package fakeoffload finds functions that are handed to another thread, and run in this one.
package fakeoffload

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

//go:embed fake-offload.md
var doc string

// Rule is fake-offload.
var Rule = &analysis.Rule{
	Name: "fake-offload", Group: analysis.MainThread, Movable: true, Severity: analysis.Warning, Realms: pyodide.Main,
	Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		name := c.Name
		if c.Method == pyodide.Offloader && name == "" {
			name = p.Unit.Flow.Called(c)
		}
		position, ok := pyodide.Offloaders[name]
		if !ok || !p.OnlyInPyodide(c.Node) {
			continue
		}
		function := analysis.Positional(c.Node, position)
		switch burden, call, waits := p.Unit.Flow.Burden(function); {
		case !function.OK() || burden == flow.Light:
		case burden == flow.Blocking:
			waiting(p, c, function, call, waits)
		default:
			p.Report(c.Node, 1, analysis.Finding{
				Message: fmt.Sprintf("Pyodide has no other thread, so this runs %s in place and keeps the page from everything else as long as it computes", called(function)),
				Cause:   analysis.Cause{Span: c.Node.Span(), Kind: "offload"},
			})
		}
	}
}

// waiting reports a function that waits: time.sleep itself, or one of the text that calls it.
func waiting(p *analysis.Pass, c flow.Call, function, call syntax.Node, waits string) {
	blocker, sleeps := p.Unit.Flow.Blocker(waits)
	freeze, ok := p.Freezes(c.Node, blocker.Suspends || pyodide.Requests[waits].Suspends)
	seconds := function.Next()
	if call.OK() {
		seconds = analysis.Positional(call, 0)
	}
	if !ok || sleeps && blocker.Argument >= 0 && brief(seconds) {
		return
	}
	until := "it is over"
	if !sleeps {
		until = "the server has answered"
	}
	finding := analysis.Finding{
		Message:  fmt.Sprintf("Pyodide has no other thread, so this runs %s in place: %s", called(function), freeze.Message(waits, until)),
		Versions: freeze.Versions, Cause: analysis.Cause{Span: c.Node.Span(), Kind: "offload"},
	}
	if call.OK() {
		finding.Related = []analysis.Related{{Span: call.Span(), Message: "what it waits for"}}
	} else {
		finding.Fixes = fixes(p, c.Node, seconds, blocker)
	}
	p.Report(c.Node, 0, finding)
}

// called is what a function is called in a message: by its name if it has one.
func called(function syntax.Node) string {
	switch function.Kind() {
	case syntax.Identifier, syntax.Attribute:
		return function.Text()
	}
	return "the function"
}

// brief says whether a constant says that a sleep is over before anyone can notice.
func brief(seconds syntax.Node) bool {
	value, err := strconv.ParseFloat(seconds.Text(), 64)
	return err == nil && value < pyodide.LongTask
}

// fixes awaits what does the same without a thread.
func fixes(p *analysis.Pass, call, seconds syntax.Node, blocker pyodide.Blocker) []analysis.Fix {
	if blocker.Async[0] == "" || call.Parent().Kind() != syntax.Await || !seconds.OK() || seconds.Next().OK() || seconds.Kind() == syntax.KeywordArgument {
		return nil
	}
	module, edits := p.UseModule(call, blocker.Async[0])
	return []analysis.Fix{{
		Title: fmt.Sprintf("Await %s.%s", blocker.Async[0], blocker.Async[1]),
		Edits: append(edits, source.Edit{Span: call.Span(), New: fmt.Sprintf("%s.%s(%s)", module, blocker.Async[1], seconds.Text())}),
	}}
}
