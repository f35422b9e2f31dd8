package flow

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Unanswered is the call that made the object on which a call waits, if nothing can have done what is waited for: the
// object was made just before, in the same run of code, and whatever else the text does with it runs only when that
// run is over. ok is false where that is not certain.
func (f *File) Unanswered(wait Call) (made syntax.Node, ok bool) {
	q, object := f.ask(), wait.Object()
	if object.Kind() == syntax.Call {
		return object, true // made for the wait, and nobody else's
	}
	name := q.scopes.Lookup(object)
	made = onlyValue(name)
	if object.Kind() != syntax.Identifier || made.Kind() != syntax.Call || name.Scope != q.scopes.At(made) || !q.inOneGo(made, wait.Node) {
		return syntax.Node{}, false
	}
	for _, use := range q.scopes.References(name) {
		if !q.idle(use, wait.Node) {
			return syntax.Node{}, false
		}
	}
	return made, true
}

// inOneGo says whether code runs from one place to a later one of the same function without letting other code run.
func (q *query) inOneGo(from, to syntax.Node) bool {
	function := q.scopes.Function(from)
	if from.ID() > to.ID() || q.scopes.Function(to) != function {
		return false
	}
	for _, kind := range []syntax.Kind{syntax.Await, syntax.Yield, syntax.Async} {
		for n := range q.scopes.Tree().Of(kind) {
			if n.ID() > from.ID() && n.ID() < to.ID() && !n.Holds(to) && q.scopes.Function(n) == function && n.Parent().Kind() != syntax.FunctionDefinition {
				return false
			}
		}
	}
	for _, c := range q.Calls() {
		if c.Node.ID() > from.ID() && c.Node.ID() < to.ID() && (pyodide.Dispatchers[c.Method] || pyodide.Yielding(q.Called(c))) {
			return false
		}
	}
	return true
}

// idle says whether a use of an object does nothing before a place that waits on it: it is the wait itself, it comes
// behind it, or in a function that runs later.
func (q *query) idle(use, wait syntax.Node) bool {
	here := q.scopes.Function(wait)
	switch function := q.scopes.Function(use); {
	case wait.Holds(use): // in the arguments it is used before
		return !wait.Child(syntax.FieldArguments).Holds(use)
	case function != here:
		return q.later(q.outermost(use, here), wait)
	case use.ID() > wait.ID():
		return !q.Reaches(use, wait) && !inCondition(use, wait)
	case inside(use, syntax.WithItem):
		return use.Parent().Kind() == syntax.WithItem
	}
	return use.Parent().Kind() == syntax.Attribute && q.deferred(use.Parent())
}

// inCondition says whether a use is in a conditional expression around a place, whose condition comes before it.
func inCondition(use, place syntax.Node) bool {
	for p := range place.Above() {
		if p.Kind() == syntax.ConditionalExpression && p.Holds(use) {
			return true
		}
	}
	return false
}

// outermost is the function around a node that stands in another function, or at the top level, directly.
func (q *query) outermost(n, within syntax.Node) syntax.Node {
	f := q.scopes.Function(n)
	for f.OK() && !q.spent() {
		outer := q.scopes.Function(f)
		if outer == within {
			return f
		}
		f = outer
	}
	return syntax.Node{}
}

// later says whether a function runs only when the code that makes it known has let the event loop go on.
func (q *query) later(function, wait syntax.Node) bool {
	if q.spent() || !function.OK() {
		return false
	}
	if function.Kind() == syntax.Lambda {
		return q.deferred(function)
	}
	if scope.Class(function).OK() || !q.plain(function) {
		return false
	}
	name := q.scopes.Lookup(function.Child(syntax.FieldName))
	if name == nil || len(name.Bindings) != 1 {
		return false
	}
	for _, use := range q.scopes.References(name) {
		if !function.Holds(use) && use.ID() < wait.ID() && !q.deferred(use) {
			return false
		}
	}
	return true
}

// deferred says whether a callable is only handed to what calls it later, from the event loop.
func (q *query) deferred(callable syntax.Node) bool {
	if q.spent() {
		return false
	}
	p := callable.Parent()
	switch p.Kind() {
	case syntax.ParenthesizedExpression:
		return q.deferred(p)
	case syntax.ArgumentList:
		return q.takesForLater(p.Parent())
	case syntax.Call: // of a coroutine, which only a task runs
		function, ok := q.callable(callable)
		if !ok || !Async(function.Def) || p.Parent().Kind() != syntax.ArgumentList {
			return false
		}
		task, _ := q.CallAt(p.Parent().Parent())
		return pyodide.Tasks[q.called(task.Function)]
	case syntax.Assignment:
		return q.handler(p)
	}
	return false
}

// takesForLater says whether a call hands what it is given to what calls it later.
func (q *query) takesForLater(call syntax.Node) bool {
	c, ok := q.CallAt(call)
	if !ok {
		return false
	}
	if _, makes := pyodide.ProxyMakers[c.Name]; makes || c.Name == "functools.partial" {
		return q.deferred(call)
	}
	_, calls := pyodide.Callers[c.Name]
	_, keeps := q.added.KeeperNamed(c.target())
	_, method := q.added.KeeperMethod(c.Method)
	return calls || keeps || method || pyodide.OnceMethods[c.Method]
}

// handler says whether an assignment gives a callable to an event, or to a name that is handed on for later.
func (q *query) handler(assignment syntax.Node) bool {
	left := assignment.Child(syntax.FieldLeft)
	if left.Kind() == syntax.Attribute {
		return strings.HasPrefix(left.Child(syntax.FieldAttribute).Text(), "on")
	}
	name := q.scopes.Lookup(left)
	if left.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 {
		return false
	}
	for _, use := range q.scopes.References(name) {
		if !q.deferred(use) {
			return false
		}
	}
	return true
}

// Taken says whether a lock is certain to be taken already where a call, or a with statement, takes it again: it was
// taken above in the same function, and nothing between gives it back.
func (f *File) Taken(lock, again syntax.Node) (first syntax.Node, ok bool) {
	q := f.ask()
	name := q.scopes.Lookup(lock)
	if lock.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 {
		return syntax.Node{}, false
	}
	for _, use := range q.scopes.References(name) {
		if use.ID() >= lock.ID() || q.scopes.Function(use) != q.scopes.Function(again) {
			continue
		}
		first = syntax.Node{}
		if q.takes(use, again) {
			first = use
		}
	}
	return first, first.OK() && q.inOneGo(first, again) && !q.callsOut(first, again)
}

// takes says whether a use of a lock takes it on every way to a place: by an acquire without arguments, or a with
// statement, that stands in a block around the place.
func (q *query) takes(use, place syntax.Node) bool {
	p := use.Parent()
	if p.Kind() == syntax.WithItem {
		statement := p
		for statement.OK() && statement.Kind() != syntax.WithStatement {
			statement = statement.Parent()
		}
		return statement.Child(syntax.FieldBody).Holds(place)
	}
	call := p.Parent()
	return p.Child(syntax.FieldAttribute).Text() == "acquire" && call.Kind() == syntax.Call && !call.Child(syntax.FieldArguments).First().OK() &&
		call.Parent().Kind() == syntax.ExpressionStatement && call.Parent().Parent().Holds(place)
}

// callsOut says whether a function of which nothing is known is called between two places: it may do anything.
func (q *query) callsOut(from, to syntax.Node) bool {
	for _, c := range q.Calls() {
		if c.Node.ID() > from.ID() && c.Node.ID() < to.ID() && c.Name == "" && c.Path == "" && !c.Node.Holds(from) {
			return true
		}
	}
	return false
}
