// Package syncinasync finds calls in async functions that keep their thread, where something else could run meanwhile.
package syncinasync

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

//go:embed sync-in-async.md
var doc string

// Rule is sync-in-async. Of what freezes a page the other two speak.
var Rule = &analysis.Rule{
	Name: "sync-in-async", Group: analysis.MainThread, Movable: true, Severity: analysis.Warning, Realms: pyodide.InBrowser,
	Yields: []string{"block-main", "sync-http-main", "deadlock-primitives"}, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		blocker, blocks := p.Unit.Flow.Blocker(c.Name)
		request, asks := pyodide.Requests[c.Name]
		waits := c.Method == "wait" || c.Method == "get" || c.Method == "result"
		if !blocks && !asks && !waits || !flow.Async(p.Unit.Scopes.Function(c.Node)) || !p.OnlyInPyodide(c.Node) {
			continue
		}
		switch {
		case blocks && !p.Brief(c.Node, blocker):
			inWorker(p, c, blocker.Suspends, analysis.Finding{
				Fixes: p.AwaitBlocker(c.Node, blocker), Cause: analysis.Cause{Span: c.Node.Span(), Kind: "blocking call"},
			})
		case asks:
			inWorker(p, c, request.Suspends, analysis.Finding{Cause: analysis.Cause{Span: c.Node.Span(), Kind: "request"}})
		case waits:
			inVain(p, c)
		}
	}
}

// inWorker reports a call that holds up a worker which has something else to do.
func inWorker(p *analysis.Pass, c flow.Call, suspends bool, x analysis.Finding) {
	if freeze, ok := p.Freezes(c.Node, suspends); ok && p.Realms(c.Node).Has(pyodide.Worker) && shares(p) {
		x.Message, x.Versions = freeze.InWorker(c.Name), freeze.Versions
		p.Report(c.Node, 0, x)
	}
}

// shares says whether the text has tasks that run by turns, or hears messages.
func shares(p *analysis.Pass) bool {
	if len(p.Unit.Scopes.AttributeTargets(pyodide.MessageHandler)) > 0 {
		return true
	}
	for _, c := range p.Unit.Flow.Calls() {
		event, _ := syntax.Constant(analysis.Positional(c.Node, 0))
		if pyodide.TaskMakers[c.Name[strings.LastIndexByte(c.Name, '.')+1:]] || pyodide.TaskMakers[c.Method] || event == pyodide.MessageEvent {
			return true
		}
	}
	return false
}

// inVain reports a wait with a limit for what cannot happen before the limit is reached.
func inVain(p *analysis.Pass, c flow.Call) {
	wait, ok := pyodide.Primitives[p.Unit.Flow.Called(c)]
	sometimes := wait.Held || wait.Count != pyodide.AnyCount // it depends on who has what
	if !ok || sometimes || !limited(c.Node, wait.Timeout) || p.Unit.Flow.Asked(c.Node, pyodide.AsksForWait) {
		return
	}
	p.Report(c.Node, 0, analysis.Finding{
		Message: fmt.Sprintf("nothing else runs while this waits, so nobody can %s before the time is up: await %s instead", wait.Until, wait.Async),
		Cause:   analysis.Cause{Span: c.Node.Span(), Kind: "blocking call"},
	})
}

// limited says whether a call says for how long it waits, at a position or by name, and waits at all.
func limited(call syntax.Node, position int) bool {
	i, found := 0, false
	for a := range call.Child(syntax.FieldArguments).Children() {
		switch a.Kind() {
		case syntax.KeywordArgument:
			value := a.Child(syntax.FieldValue)
			switch a.Child(syntax.FieldName).Text() {
			case "block":
				if value.Kind() != syntax.True {
					return false
				}
			case "timeout":
				found = positive(value)
			}
		case syntax.ListSplat, syntax.DictionarySplat:
			return false
		default:
			if i < position && a.Kind() != syntax.True {
				return false
			}
			if i == position {
				found = positive(a)
			}
			i++
		}
	}
	return found
}

// positive says whether a limit is no constant that lets nobody wait.
func positive(value syntax.Node) bool {
	return value.Kind() != syntax.None && strings.Trim(value.Text(), "0._-") != ""
}
