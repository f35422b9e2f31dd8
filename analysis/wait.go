package analysis

import (
	"fmt"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Stuck says when a call that waits by switching the stack cannot wait.
type Stuck struct {
	Versions pyodide.Versions
	// Entered says that it never can, because of how Python was entered.
	Entered bool
	Lower   int // by how much a finding is less certain
	when    string
	why     string
}

// Message says that a call cannot wait, when, and why.
func (s Stuck) Message(call string) string {
	return fmt.Sprintf("%s cannot wait %s: %s", call, s.when, s.why)
}

// Stuck says when a call that waits cannot: never in what JavaScript enters synchronously, and elsewhere before the version
// that can, and where the browser has no JSPI. ok is false where it can on all targeted versions.
func (p *Pass) Stuck(call syntax.Node, waiter pyodide.Waiter) (s Stuck, ok bool) {
	s = Stuck{Versions: p.Versions(), when: "here", why: "the event loop runs already"}
	function := p.Unit.Scopes.Function(call)
	if function.OK() && !flow.Async(function) {
		if c, ok := p.CalledBack(function); ok {
			s.Entered, s.Lower, s.why = true, c.Lower, fmt.Sprintf("%s calls this function synchronously", c.By)
			return s, true
		}
	}
	if !function.OK() && p.plainly() {
		s.Entered, s.why = true, "what runs it enters Python synchronously"
		return s, true
	}
	never := s.Versions.And(pyodide.Before(waiter.Since))
	sometimes := s.Versions.Without(never)
	switch {
	case waiter.Never || sometimes == 0:
	case p.View.JSPI != nil && *p.View.JSPI:
		s.Versions, s.when = never, fmt.Sprintf("on Pyodide %s", never)
	case p.View.JSPI != nil:
		s.why = "without JSPI the stack cannot be switched"
	case never == 0:
		s.when, s.why = "in browsers without JSPI", "the stack cannot be switched there"
	default:
		s.when = fmt.Sprintf("before Pyodide %s and in browsers without JSPI", waiter.Release)
	}
	return s, s.Versions != 0
}

// plainly says whether the top level of the unit is entered synchronously, by all that is known.
func (p *Pass) plainly() bool {
	return p.MayEnter(host.PlainEntry) && !p.MayEnter(host.AsyncEntry) && !p.MayEnter(host.Imported)
}

// AwaitInstead is the fix that awaits something in the place of a call that waits for it. There is none where nothing can
// await, nor in a function that the text calls, which would get a coroutine.
func (p *Pass) AwaitInstead(call, awaitable syntax.Node) []Fix {
	awaiting, ok := p.Await(call)
	if !ok || !awaitable.OK() || awaitable.Next().OK() || awaiting.MakesAsync && p.Called(p.Unit.Scopes.Function(call)) {
		return nil
	}
	text := awaitable.Text()
	switch awaitable.Kind() {
	case syntax.Call, syntax.Identifier, syntax.Attribute, syntax.Subscript, syntax.ParenthesizedExpression:
	default:
		text = "(" + text + ")"
	}
	if text = "await " + text; BindsTighter(call) {
		text = "(" + text + ")"
	}
	title := "Await it instead"
	if awaiting.MakesAsync {
		title = "Make the function async and await it"
	}
	edits := append(awaiting.Edits, source.Edit{Span: call.Span(), New: text})
	return []Fix{{Title: title, Applicability: awaiting.Applicability, Edits: edits}}
}

// Called says whether the text calls a function by its name, or a method of its name.
func (p *Pass) Called(function syntax.Node) bool {
	name := function.Child(syntax.FieldName).Text()
	for _, c := range p.Unit.Flow.Calls() {
		if c.Function.Text() == name || c.Method == name {
			return true
		}
	}
	return false
}
