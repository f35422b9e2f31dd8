// Package deadlockprimitives finds calls that wait for another thread, of which there is none.
package deadlockprimitives

import (
	_ "embed"
	"fmt"
	"strconv"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

//go:embed deadlock-primitives.md
var doc string

// Rule is deadlock-primitives.
var Rule = &analysis.Rule{
	Name: "deadlock-primitives", Group: analysis.MainThread, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.NeverEnded, Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		if !pyodide.MayWait(c.Method) {
			continue
		}
		name := p.Unit.Flow.Called(c)
		wait, ok := pyodide.Primitives[name]
		if !ok || !p.OnlyInPyodide(c.Node) || atOnce(c.Node, wait) {
			continue
		}
		if made, ok := certain(p, c, wait); ok {
			report(p, c, wait, made)
		}
	}
}

// certain says whether a call waits for what cannot happen, and which place says so: where the object was made, or taken.
func certain(p *analysis.Pass, c flow.Call, wait pyodide.Primitive) (why syntax.Node, ok bool) {
	if wait.Held {
		return p.Unit.Flow.Taken(c.Object(), c.Node)
	}
	made, ok := p.Unit.Flow.Unanswered(c)
	if !ok || wait.Count == pyodide.AnyCount {
		return made, ok
	}
	count := made.Child(syntax.FieldArguments).First()
	if count.Kind() == syntax.KeywordArgument {
		count = count.Child(syntax.FieldValue)
	}
	number, err := strconv.Atoi(count.Text())
	return made, err == nil && !count.Next().OK() && (wait.Count == pyodide.Zero) == (number == 0) && number != 1
}

// atOnce says whether the arguments of a call say that it does not wait.
func atOnce(call syntax.Node, wait pyodide.Primitive) bool {
	return argument(call, wait.Block, "block", "blocking").Kind() == syntax.False || timeout(call, wait).Text() == "0"
}

func timeout(call syntax.Node, wait pyodide.Primitive) syntax.Node {
	return argument(call, wait.Timeout, "timeout", "timeout")
}

// argument is the argument of a call at a position or of one of two names, no node if there is none.
func argument(call syntax.Node, position int, names ...string) syntax.Node {
	for a := range call.Child(syntax.FieldArguments).Children() {
		if name := a.Child(syntax.FieldName).Text(); a.Kind() == syntax.KeywordArgument && (name == names[0] || name == names[1]) {
			return a.Child(syntax.FieldValue)
		}
	}
	if position < 0 {
		return syntax.Node{}
	}
	return analysis.Positional(call, position)
}

func report(p *analysis.Pass, c flow.Call, wait pyodide.Primitive, why syntax.Node) {
	who, lower := "the page", 0
	if realms := p.Realms(c.Node); realms != 0 && !realms.Has(pyodide.Main) {
		who = "the program"
	}
	until := fmt.Sprintf("%s hangs for ever", who)
	if limit := timeout(c.Node, wait); limit.OK() && limit.Kind() != syntax.None {
		until, lower = fmt.Sprintf("%s hangs until the time is over", who), 1
	}
	said := "where it is made"
	if wait.Held {
		said = "where it is taken"
	}
	p.Report(c.Node, lower, analysis.Finding{
		Message: fmt.Sprintf("nothing can %s while %s waits, for Pyodide has one thread: %s; await %s instead", wait.Until, c.Method, until, wait.Async),
		Related: []analysis.Related{{Span: why.Span(), Message: said}},
		Cause:   analysis.Cause{Span: c.Node.Span(), Kind: "blocking call"},
	})
}
