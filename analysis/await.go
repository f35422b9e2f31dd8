package analysis

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Awaiting says how code at a node comes to be allowed to await.
type Awaiting struct {
	Edits []source.Edit
	// Applicability is Safe in an async function; elsewhere it changes when things happen, or for whom.
	Applicability Applicability
	// MakesAsync says that a plain function is made async, which its callers must know.
	MakesAsync bool
}

// Await is what it takes for code at a node to await; ok is false where nothing can, as in a lambda, a class
// body, a generator, a method such as __init__, whose result Python itself wants at once, a callback of what
// drops coroutines, or the top level of what runPython runs, or of a module.
func (p *Pass) Await(at syntax.Node) (a Awaiting, ok bool) {
	function := p.Unit.Scopes.Function(at)
	for n := range at.Above() {
		if n == function {
			break
		}
		if n.Kind() == syntax.GeneratorExpression {
			return Awaiting{}, false
		}
	}
	switch {
	case function.Kind() == syntax.Lambda:
		return Awaiting{}, false
	case function.OK() && flow.Async(function):
		return Awaiting{}, true
	case function.OK() && (isSpecial(function) || p.Unit.Flow.Yields(function) || p.dropped(function)):
		return Awaiting{}, false
	case function.OK():
		def := function.Span().Start
		return Awaiting{
			Edits: []source.Edit{{Span: source.Span{Start: def, End: def}, New: "async "}}, Applicability: Unsafe, MakesAsync: true,
		}, true
	case inClassBody(at), !p.MayEnter(host.AsyncEntry):
		return Awaiting{}, false
	}
	return Awaiting{Applicability: Unsafe}, true
}

// dropped says whether a function is handed to what would drop the coroutine that it gives once it is async: a callback
// of such JavaScript, and what another thread is to run.
func (p *Pass) dropped(function syntax.Node) bool {
	return slices.ContainsFunc(p.Handovers(), func(c Handover) bool { return c.Function == function && c.Drops }) ||
		slices.ContainsFunc(p.Unit.Flow.Calls(), func(c flow.Call) bool {
			position, ok := pyodide.Offloaders[p.Unit.Flow.Called(c)]
			return ok && p.Unit.Flow.Behind(Positional(c.Node, position)) == function
		})
}

func isSpecial(function syntax.Node) bool {
	name := function.Child(syntax.FieldName).Text()
	return strings.HasPrefix(name, "__") && strings.HasSuffix(name, "__")
}

// inClassBody says whether a node outside functions stands in a class.
func inClassBody(at syntax.Node) bool {
	for n := range at.Above() {
		if n.Kind() == syntax.ClassDefinition {
			return true
		}
	}
	return false
}

// BindsTighter says whether what stands around an expression would take the operand of an await for its own.
func BindsTighter(n syntax.Node) bool {
	switch p := n.Parent(); p.Kind() {
	case syntax.Attribute, syntax.Await:
		return true
	case syntax.Subscript:
		return n.Field() == syntax.FieldValue
	case syntax.Call:
		return n.Field() == syntax.FieldFunction
	case syntax.BinaryOperator:
		return p.Child(syntax.FieldOperator).Text() == "**"
	}
	return false
}
