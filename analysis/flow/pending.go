package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Pending is what a call certainly gives that has to be awaited: the coroutine of an async function of the text or of a
// library, or a promise. It is nil for any other call, and where that is not known.
func (f *File) Pending(c Call) *pyodide.Awaited {
	switch {
	case c.Path != "":
		if m, ok := pyodide.MemberAt(c.Path); ok && m.Promise {
			return pyodide.Future
		}
		return nil
	case c.Name == pyodide.PyScriptFetch:
		return pyodide.Fetched
	case pyodide.Coroutines[c.Name], c.Name == "" && pyodide.MayBeCoroutine(c.Method) && pyodide.Coroutines[f.Called(c)]:
		return pyodide.Coroutine
	}
	if o, ok := f.Open(c); ok && o.Function != None && f.ask().makesCoroutine(f.named().functions[o.Function]) {
		return pyodide.Coroutine
	}
	return nil
}

// makesCoroutine says whether a function gives a coroutine whenever it is called by its name.
func (q *query) makesCoroutine(function syntax.Node) bool {
	return Async(function) && !q.yields(function) && q.plain(function) && q.onlyOne(function)
}

// Dropped says whether nobody ever asks for what an expression gives: it is a statement by itself, or is given to a name
// of a function that nothing refers to.
func (f *File) Dropped(n syntax.Node) bool {
	p := n.Parent()
	switch p.Kind() {
	case syntax.ExpressionStatement:
		return true
	case syntax.ParenthesizedExpression:
		return f.Dropped(p)
	case syntax.ConditionalExpression:
		return p.First().Next() != n && f.Dropped(p)
	case syntax.BooleanOperator:
		return n.Field() == syntax.FieldRight && f.Dropped(p)
	case syntax.Assignment:
		target := p.Child(syntax.FieldLeft)
		name := f.scopes.Lookup(target)
		return n.Field() == syntax.FieldRight && target.Kind() == syntax.Identifier && p.Parent().Kind() == syntax.ExpressionStatement &&
			name != nil && name.Scope.Node.Kind() == syntax.FunctionDefinition && len(f.scopes.References(name)) == 0
	}
	return false
}
