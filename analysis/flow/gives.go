package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// GivesNothing says whether a call is certain to give nothing that can be called: None, a number, a truth value. Of an
// async function that is a coroutine, which is awaited and not called.
func (f *File) GivesNothing(call syntax.Node) (coroutine, ok bool) {
	c, ok := f.CallAt(call)
	if !ok || pyodide.GivesNothing[c.Name] || pyodide.GivesNothing[c.Path] {
		return false, ok
	}
	q := f.ask()
	called, ok := q.arity(c.Function)
	if !ok || called.Def.Kind() != syntax.FunctionDefinition || q.yields(called.Def) {
		return false, false
	}
	if Async(called.Def) {
		return true, true
	}
	for n := range called.Def.Child(syntax.FieldBody).Within() {
		if n.Kind() != syntax.ReturnStatement || q.scopes.Function(n) != called.Def {
			continue
		}
		switch n.First().Kind() {
		case syntax.NoKind, syntax.None, syntax.True, syntax.False, syntax.Integer, syntax.Float, syntax.ComparisonOperator, syntax.NotOperator:
		default:
			return false, false
		}
	}
	return false, true
}
