// Package missingawait finds calls whose result is used, or forgotten, before it is awaited.
package missingawait

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

//go:embed missing-await.md
var doc string

// Rule is missing-await.
var Rule = &analysis.Rule{
	Name: "missing-await", Group: analysis.Async, Severity: analysis.Warning, Doc: doc, Evidence: evidence, Check: check,
}

// tooEarly is what Python says of what was not awaited.
var tooEarly = analysis.Fails("'PyodideFuture' ", "'coroutine' object", "not PyodideFuture", "not coroutine",
	"await wasn't used with future", "non-iterable coroutine")

var evidence = analysis.Evidence{Shows: func(o analysis.Observation, code string) (*analysis.Site, string) {
	if at, words := analysis.NeverRan.Shows(o, code); at != nil {
		return at, words
	}
	return tooEarly.Shows(o, code)
}}

func check(p *analysis.Pass) {
	if p.PerhapsMicroPython() || p.Bridge() == flow.NoBridge {
		return // or it is any Python's business
	}
	for _, c := range p.Unit.Flow.Calls() {
		pending := p.Pending(c)
		if pending == nil || p.Unit.Flow.Place(c.Node) == flow.OnHost || expected(p, c.Node) {
			continue
		}
		if before, ok := p.Unit.Flow.CallAt(c.Object()); ok && wrong(p, before, p.Pending(before)) {
			continue // one finding for both
		}
		if early := p.Unit.Flow.Early(c.Node, pending); len(early) > 0 {
			used(p, c, pending, early)
		} else if forgotten(p, c, pending) {
			dropped(p, c)
		}
	}
}

// expected says whether the code is there to fail.
func expected(p *analysis.Pass, n syntax.Node) bool {
	return p.Unit.Flow.Expects(n, "AttributeError", "TypeError", "RuntimeError", "RuntimeWarning")
}

// wrong says whether what a call gives is not awaited where it has to be.
func wrong(p *analysis.Pass, c flow.Call, pending *pyodide.Awaited) bool {
	return pending != nil && (len(p.Unit.Flow.Early(c.Node, pending)) > 0 || forgotten(p, c, pending))
}

func used(p *analysis.Pass, c flow.Call, pending *pyodide.Awaited, early []flow.Early) {
	finding := analysis.Finding{
		Message: fmt.Sprintf("%s gives %s, %s: it has to be awaited", name(c), pending.Name, lacks(early[0])),
		Fixes:   awaited(p, c),
		Cause:   analysis.Cause{Span: c.Node.Span(), Kind: "call"},
	}
	for _, e := range early {
		if !e.At.Holds(c.Node) {
			finding.Related = append(finding.Related, analysis.Related{Span: e.At.Span(), Message: "it is used here as if it had been awaited"})
		}
	}
	p.Report(c.Node, 0, finding)
}

// lacks completes "… gives a promise, …".
func lacks(e flow.Early) string {
	switch e.As {
	case flow.ForObject:
		return "which has no " + e.At.Child(syntax.FieldAttribute).Text()
	case flow.ForItems:
		return "which has no items"
	case flow.ForSequence:
		return "which nothing can go through"
	case flow.ForNumber:
		return "which is no value that an operator can take"
	case flow.ForEqual:
		return "which is never equal to that"
	case flow.ForTruth:
		return "which is always true"
	case flow.ForText:
		return "and the text is that of it, not of its result"
	case flow.ForFunction:
		return "which cannot be called"
	case flow.ForManager:
		return "which with cannot enter"
	}
	return fmt.Sprintf("which %s cannot take", e.At.Child(syntax.FieldFunction).Text())
}

func dropped(p *analysis.Pass, c flow.Call) {
	function := p.Unit.Scopes.Function(c.Node)
	fixes := awaited(p, c)
	if _, handler := p.CalledBack(function); len(fixes) == 0 || function.OK() && !flow.Async(function) && !handler {
		fixes = asTask(p, c) // whoever calls the function does not expect to await it
	}
	p.Report(c.Node, 0, analysis.Finding{
		Message: fmt.Sprintf("nobody awaits the coroutine that %s gives, so nothing of it runs", name(c)),
		Fixes:   fixes, Cause: analysis.Cause{Span: c.Node.Span(), Kind: "call"},
	})
}

// name is what a function is called by, without what it is called on.
func name(c flow.Call) string {
	if c.Method != "" {
		return c.Method
	}
	return c.Function.Text()
}
