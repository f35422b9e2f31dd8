package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// flag is the value of a name or an attribute as a condition: of PyScript's RUNNING_IN_WORKER, of a name that is
// given a condition or an import, in one place or in several that run in different realms.
func (q *query) flag(n syntax.Node) truth {
	switch q.scopes.Canonical(n) {
	case "typing.TYPE_CHECKING":
		return inPyodide(false)
	case "pyscript.RUNNING_IN_WORKER", "pyscript.context.RUNNING_IN_WORKER":
		return in(pyodide.Worker)
	}
	if n.Kind() != syntax.Identifier {
		return unknown
	}
	name := q.scopes.Lookup(n)
	if name == nil {
		return unknown
	}
	value := truth{}
	for _, b := range name.Bindings {
		one, where := q.bound(b, name.Bindings)
		if !one.known() {
			return unknown
		}
		value.yes, value.no = value.yes.Or(one.yes.And(where)), value.no.Or(one.no.And(where))
	}
	if value == (truth{}) || value == always(true) || value == always(false) { // a switch that somebody turns
		return unknown
	}
	return value
}

// bound is the value that a binding gives to a name, and the places in which it is the one that counts.
func (q *query) bound(b scope.Binding, all []scope.Binding) (value truth, where pyodide.Realms) {
	switch {
	case b.How == scope.ByAssignment:
		where = q.realms(b.Node)
		for _, o := range all {
			where = where.Without(q.overrides(o, b))
		}
		return q.condition(b.Value), where
	case b.How == scope.ByImport && !pyodide.IsBridge(b.Import):
		return unknown, pyodide.AllRealms
	case b.How == scope.ByImport && (b.Import == "js" || b.Import == "pyodide" || b.Import == "pyscript" || standsNone(all)):
		return always(true), q.imports(b.Node)
	}
	return unknown, pyodide.AllRealms // a value of the bridge may be false
}

// standsNone says whether a name is assigned at all, and only ever None.
func standsNone(all []scope.Binding) bool {
	found := false
	for _, b := range all {
		if b.How == scope.ByAssignment {
			if b.Value.Kind() != syntax.None {
				return false
			}
			found = true
		}
	}
	return found
}

// overrides are the places in which a later binding is certain to take the place of a default above it: "flag = False",
// and then "try: import js; flag = True", or "if sys.platform == …: flag = True".
func (q *query) overrides(o, b scope.Binding) pyodide.Realms {
	if o.Node.ID() <= b.Node.ID() || guarded(b.Node) || q.scopes.Function(o.Node) != q.scopes.Function(b.Node) {
		return 0
	}
	switch {
	case o.How == scope.ByImport && pyodide.IsBridge(o.Import):
		for _, i := range q.scopes.Imports() {
			if i.Node == o.Node || i.Node.Holds(o.Node) {
				return q.surely(i.Node).And(q.imports(o.Node))
			}
		}
	case o.How == scope.ByAssignment && guarded(o.Node):
		return q.surely(o.Node.Parent().Parent())
	}
	return 0
}

// guarded says whether an assignment stands directly in the branch of an if or of a try that stands where nothing
// else decides whether it runs.
func guarded(target syntax.Node) bool {
	block := target.Parent().Parent().Parent() // assignment, expression statement, block
	if block.Kind() != syntax.Block {
		return false
	}
	switch block.Parent().Kind() {
	case syntax.IfStatement, syntax.TryStatement, syntax.ExceptClause, syntax.ElseClause, syntax.ElifClause:
		return true
	}
	return false
}
