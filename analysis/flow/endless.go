package flow

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Endless says whether a loop never ends once it has begun, if nothing else runs meanwhile: its condition asks for nothing
// that its turns change, and nothing in them leaves it or lets others run. Whatever is called is of this text and such as
// well, or is known to do no more than it is asked for.
func (f *File) Endless(loop syntax.Node) bool {
	e := &endless{query: f.ask(), walked: map[int]bool{}}
	condition := loop.Child(syntax.FieldCondition)
	if loop.Child(syntax.FieldAlternative).OK() || f.Tried(loop) || !e.turn(loop, loop) {
		return false
	}
	return e.fixed(condition)
}

// Tried says whether the function around a node catches anything that fails at the node: a failure may be a way out.
func (f *File) Tried(n syntax.Node) bool {
	for below, p := n, n.Parent(); p.OK() && p.Kind() != syntax.FunctionDefinition; below, p = p, p.Parent() {
		switch p.Kind() {
		case syntax.TryStatement:
			if below.Field() == syntax.FieldBody {
				return true
			}
		case syntax.WithStatement:
			return true
		}
	}
	return false
}

// endless is one question about a loop; walked are the functions that its turns call, and code what runs in a turn.
type endless struct {
	*query
	walked map[int]bool
	code   []syntax.Node
}

// leaving are the statements that may end a loop, let others run, or do more than their text tells.
var leaving = map[syntax.Kind]bool{
	syntax.Await: true, syntax.Async: true, syntax.Yield: true, syntax.RaiseStatement: true, syntax.AssertStatement: true,
	syntax.TryStatement: true, syntax.WithStatement: true, syntax.DeleteStatement: true, syntax.ImportStatement: true,
	syntax.ImportFromStatement: true, syntax.ExecStatement: true, syntax.Subscript: true, syntax.Error: true,
}

// turn says whether code that runs in a turn of the loop, its own or that of a function that is called, goes on to its end.
func (e *endless) turn(code, loop syntax.Node) bool {
	e.code = append(e.code, code)
	function := code
	if code == loop {
		function = e.scopes.Function(loop)
	}
	for n := range code.Within() {
		if e.spent() {
			return false
		}
		if e.scopes.Function(n) != function {
			continue // which is only defined here
		}
		switch k := n.Kind(); {
		case leaving[k], n.Broken():
			return false
		case code == loop && (k == syntax.ReturnStatement || k == syntax.BreakStatement && innermost(n) == loop):
			return false
		case k == syntax.Call && n.Parent() != loop && !e.returns(n, loop):
			return false
		}
	}
	return true
}

// innermost is the loop that a break leaves.
func innermost(n syntax.Node) syntax.Node {
	for p := range n.Above() {
		if p.Kind() == syntax.WhileStatement || p.Kind() == syntax.ForStatement {
			return p
		}
	}
	return syntax.Node{}
}

// returns says whether a call certainly comes back, and has let nobody else run.
func (e *endless) returns(n, loop syntax.Node) bool {
	if loop.Child(syntax.FieldCondition).Holds(n) {
		return true // of which fixed decides
	}
	function := n.Child(syntax.FieldFunction)
	if name := e.scopes.Canonical(function); name != "" && pyodide.ComesBack(name) {
		return true
	}
	if path := e.path(function); path != "" {
		return pyodide.OfPlatform(path)
	}
	c, ok := e.callable(function)
	if !ok || c.Def.Kind() != syntax.FunctionDefinition {
		return false
	}
	if Async(c.Def) || e.walked[c.Def.ID()] {
		return Async(c.Def) // which only makes a coroutine; one that calls itself ends by that
	}
	e.walked[c.Def.ID()] = true
	return e.turn(c.Def, loop)
}

// path is how an expression was come by if it is JavaScript's, also by way of attributes of self.
func (e *endless) path(n syntax.Node) string {
	if path := e.javaScript(n); path != "" || e.spent() {
		return path
	}
	switch n.Kind() {
	case syntax.Attribute:
		if value := e.attributeOfSelf(n); value.OK() {
			return e.path(value)
		}
		if object := e.path(n.Child(syntax.FieldObject)); object != "" {
			return object + "." + n.Child(syntax.FieldAttribute).Text()
		}
	case syntax.Call:
		if function := e.path(n.Child(syntax.FieldFunction)); function != "" {
			return function + "()"
		}
	case syntax.Identifier:
		if value := onlyValue(e.scopes.Lookup(n)); value.OK() {
			return e.path(value)
		}
	}
	return ""
}

// fixed says whether a condition has the same value as long as only the loop runs.
func (e *endless) fixed(n syntax.Node) bool {
	if e.spent() {
		return false
	}
	switch n.Kind() {
	case syntax.True:
		return true
	case syntax.Integer:
		return n.Text() != "0"
	case syntax.ParenthesizedExpression:
		return e.fixed(n.First())
	case syntax.NotOperator:
		return n.Child(syntax.FieldArgument).Kind() != syntax.True && e.fixed(n.Child(syntax.FieldArgument))
	case syntax.BooleanOperator:
		return e.fixed(n.Child(syntax.FieldLeft)) && e.fixed(n.Child(syntax.FieldRight))
	case syntax.Identifier:
		return e.constant(e.scopes.Lookup(n))
	case syntax.Attribute:
		return e.steady(n)
	case syntax.Call:
		return e.pending(n)
	}
	return false
}

// constant says whether a name has only values that are written out, and none from what runs in a turn.
func (e *endless) constant(name *scope.Name) bool {
	if name == nil {
		return false
	}
	for _, b := range name.Bindings {
		if b.How != scope.ByAssignment || !isFlag(b.Value) || e.runs(b.Node) {
			return false
		}
	}
	return true
}

// isFlag says whether a value is one of those that people let a loop go on with.
func isFlag(value syntax.Node) bool {
	switch value.Kind() {
	case syntax.True, syntax.False, syntax.None:
		return true
	}
	return false
}

// runs says whether a node is among what runs in a turn.
func (e *endless) runs(n syntax.Node) bool {
	return slices.ContainsFunc(e.code, func(code syntax.Node) bool { return code.Holds(n) })
}

// steady is constant for an attribute of self, in a class that has no other way to give it a value.
func (e *endless) steady(n syntax.Node) bool {
	class, name := e.classOfSelf(n.Child(syntax.FieldObject)), n.Child(syntax.FieldAttribute).Text()
	if !class.OK() || !alone(class) || class.Parent().Kind() == syntax.DecoratedDefinition {
		return false
	}
	own := e.scopes.Opened(class)
	for _, method := range []string{"__getattr__", "__getattribute__"} {
		if own.Name(method) != nil {
			return false
		}
	}
	if of := own.Name(name); of != nil && !e.constant(of) {
		return false
	}
	for _, target := range e.scopes.AttributeTargets(name) {
		assignment := target.Parent()
		if assignment.Kind() != syntax.Assignment || target.Field() != syntax.FieldLeft || !isFlag(assignment.Child(syntax.FieldRight)) || e.runs(target) {
			return false
		}
	}
	return len(e.scopes.AttributeTargets(name)) > 0
}

// pending says whether a condition asks a task, a future or an event that only others can end: "task.done()".
func (e *endless) pending(n syntax.Node) bool {
	function := n.Child(syntax.FieldFunction)
	makers, ok := pyodide.Settled[function.Child(syntax.FieldAttribute).Text()]
	object := function.Child(syntax.FieldObject)
	name := e.scopes.Lookup(object)
	if !ok || object.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 {
		return false
	}
	made := e.definition(object)
	if made.Kind() != syntax.Call || e.runs(made) {
		return false
	}
	maker := made.Child(syntax.FieldFunction)
	called := e.scopes.Canonical(maker)
	if loop := e.definition(maker.Child(syntax.FieldObject)); called == "" && pyodide.Loops[e.scopes.Canonical(loop.Child(syntax.FieldFunction))] {
		called = "asyncio." + maker.Child(syntax.FieldAttribute).Text()
	}
	if !slices.Contains(makers, called) {
		return false
	}
	for _, r := range e.scopes.References(name) {
		if r != object && e.runs(r) {
			return false // the turn may end it
		}
	}
	return true
}

// Polls says what a condition asks for, for people: "running", "task.done()". Empty for one that is written out.
func Polls(condition syntax.Node) string {
	switch condition.Kind() {
	case syntax.True, syntax.Integer:
		return ""
	case syntax.ParenthesizedExpression:
		return Polls(condition.First())
	case syntax.NotOperator:
		return Polls(condition.Child(syntax.FieldArgument))
	}
	return strings.Join(strings.Fields(condition.Text()), " ")
}
