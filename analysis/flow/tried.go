package flow

import (
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// givesUp says whether nothing behind a try runs when something in it fails, an import among other things.
func givesUp(try syntax.Node) bool {
	forImports := false
	for c := range try.Children() {
		if c.Kind() != syntax.ExceptClause {
			continue
		}
		block := syntax.Node{}
		for b := range c.Children() {
			block = b
		}
		if !leaves(block) {
			return false
		}
		forImports = forImports || scope.CatchesImportError(c)
	}
	return forImports
}

// succeeded are the places in which the imports of the bridge in a try succeed: those that nothing decides about.
func (q *query) succeeded(try syntax.Node) []Guard {
	let, first := pyodide.AllRealms, syntax.Node{}
	for s := range try.Child(syntax.FieldBody).Children() {
		realms := q.imports(s)
		if !first.OK() && realms != pyodide.AllRealms {
			first = s
		}
		let = let.And(realms)
	}
	if !first.OK() {
		return nil
	}
	return []Guard{{first, let}}
}

// failed are the places in which an import of the bridge in a try fails, so that an except clause runs. A page is not
// told from a worker by a clause that something else may bring to run as well.
func (q *query) failed(clause syntax.Node) []Guard {
	body, first := clause.Parent().Child(syntax.FieldBody), syntax.Node{}
	var fails pyodide.Realms
	for _, i := range q.scopes.Imports() {
		if !body.Holds(i.Node) || !pyodide.IsBridge(i.Module) {
			continue
		}
		if !first.OK() {
			first = i.Node
		}
		fails = fails.Or(q.fails(i))
	}
	switch {
	case !first.OK():
		return nil
	case fails != pyodide.Host && !q.forBridge(clause):
		return []Guard{{first, pyodide.AllRealms}}
	}
	return []Guard{{first, fails}}
}

// forBridge says whether only an import of the bridge that fails brings an except clause to run.
func (q *query) forBridge(clause syntax.Node) bool {
	try := clause.Parent()
	for c := range try.Children() {
		if c == clause {
			break
		}
		if c.Kind() == syntax.ExceptClause && scope.CatchesImportError(c) {
			return false // the one before it has the imports
		}
	}
	body := try.Child(syntax.FieldBody)
	if !slices.ContainsFunc(slices.Collect(body.Children()), func(s syntax.Node) bool { return !q.harmless(s) }) {
		return true
	}
	if !scope.CatchesOnlyImportErrors(clause) {
		return false
	}
	for _, i := range q.scopes.Imports() {
		if body.Holds(i.Node) && !pyodide.IsBridge(i.Module) {
			return false
		}
	}
	for n := range q.scopes.Tree().Of(syntax.RaiseStatement) {
		if body.Holds(n) {
			return false
		}
	}
	return true
}

// harmless says whether a statement fails only as an import of the bridge does: it is one, or gives a name a value that
// is written out.
func (q *query) harmless(s syntax.Node) bool {
	switch s.Kind() {
	case syntax.PassStatement:
		return true
	case syntax.ImportStatement, syntax.ImportFromStatement:
		for _, i := range q.scopes.Imports() {
			if i.Node == s && !pyodide.IsBridge(i.Module) {
				return false
			}
		}
		return true
	case syntax.ExpressionStatement:
		value := s.First()
		if value.Kind() == syntax.Assignment {
			if value.Child(syntax.FieldLeft).Kind() != syntax.Identifier {
				return false
			}
			value = value.Child(syntax.FieldRight)
		}
		switch value.Kind() {
		case syntax.True, syntax.False, syntax.None, syntax.Integer:
			return true
		}
		_, ok := syntax.Constant(value)
		return ok
	}
	return false
}

// imports are the places in which an import statement succeeds.
func (q *query) imports(statement syntax.Node) pyodide.Realms {
	let := pyodide.AllRealms
	for _, i := range q.scopes.Imports() {
		if i.Node != statement && !i.Node.Holds(statement) || !pyodide.IsBridge(i.Module) {
			continue
		}
		let = let.And(pyodide.InPyodide)
		for _, name := range i.Names {
			if realms, ok := pyodide.GlobalRealms(name); ok && i.Module == "js" {
				let = let.And(q.besides(realms, name))
			}
		}
	}
	return let
}

// fails are the places in which an import of the bridge may fail.
func (q *query) fails(i scope.Import) pyodide.Realms {
	fails := pyodide.Host
	for _, name := range i.Names {
		if realms, ok := pyodide.GlobalRealms(name); ok && i.Module == "js" {
			fails = fails.Or(pyodide.AllRealms.Without(realms))
		}
	}
	return fails
}
