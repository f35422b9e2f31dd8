package flow

import (
	"cmp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Guard is a piece of code that lets other code run in some places only.
type Guard struct {
	Node   syntax.Node    // the condition, or the import that may fail
	Realms pyodide.Realms // all of them for one that speaks of places and cannot be read
}

// Realms are the places in which the guards around a node let it run.
func (f *File) Realms(n syntax.Node) pyodide.Realms { return f.ask().realms(n) }

// Guards are the guards around a node that leave places out, from the innermost out.
func (f *File) Guards(n syntax.Node) []Guard {
	var all []Guard
	for _, g := range f.ask().guards(n) {
		if g.Realms != pyodide.AllRealms {
			all = append(all, g)
		}
	}
	return all
}

// Asks says whether a condition in the text tells a page from a worker.
func (f *File) Asks() bool {
	for _, kind := range []syntax.Kind{syntax.IfStatement, syntax.ElifClause, syntax.ConditionalExpression} {
		for n := range f.scopes.Tree().Of(kind) {
			condition := n.Child(syntax.FieldCondition)
			if kind == syntax.ConditionalExpression {
				condition = n.First().Next()
			}
			if yes := f.ask().condition(condition).yes; yes.Has(pyodide.Main) != yes.Has(pyodide.Worker) {
				return true
			}
		}
	}
	return false
}

func (q *query) realms(n syntax.Node) pyodide.Realms {
	let := pyodide.AllRealms
	for _, g := range q.guards(n) {
		let = let.And(g.Realms)
	}
	return let
}

// guards are the guards around a node, those that cannot be read among them.
func (q *query) guards(n syntax.Node) []Guard {
	var all []Guard
	for below, p := n, n.Parent(); p.OK(); below, p = p, p.Parent() {
		if q.spent() {
			return all
		}
		all = append(all, q.guard(p, below)...)
	}
	return all
}

// guard is what one node around another says of where it runs.
func (q *query) guard(p, below syntax.Node) []Guard {
	switch p.Kind() {
	case syntax.IfStatement, syntax.ElifClause:
		return q.branch(p, below)
	case syntax.ConditionalExpression:
		value := p.First()
		condition := value.Next()
		if below == condition {
			return nil
		}
		return q.when(condition, below == value)
	case syntax.BooleanOperator:
		if below.Field() == syntax.FieldRight {
			return q.when(p.Child(syntax.FieldLeft), p.Child(syntax.FieldOperator).Text() == "and")
		}
	case syntax.ExceptClause, syntax.ExceptGroupClause:
		if below.Kind() == syntax.Block && scope.CatchesImportError(p) {
			return q.failed(p)
		}
	case syntax.ElseClause:
		if p.Parent().Kind() == syntax.TryStatement {
			return q.succeeded(p.Parent())
		}
	case syntax.Block, syntax.Module:
		return q.before(below)
	}
	return nil
}

// asked is a condition on the way to a branch, and what it has to be.
type asked struct {
	condition syntax.Node
	holds     bool
}

// asks are the conditions that decide whether a branch of an if statement runs.
func asks(p, below syntax.Node) []asked {
	switch below.Field() {
	case syntax.FieldConsequence:
		return []asked{{p.Child(syntax.FieldCondition), true}}
	case syntax.FieldAlternative:
		if p.Kind() == syntax.ElifClause {
			return nil
		}
		all := []asked{{p.Child(syntax.FieldCondition), false}}
		for clause := range p.Children() {
			if clause == below {
				break
			}
			if clause.Kind() == syntax.ElifClause {
				all = append(all, asked{clause.Child(syntax.FieldCondition), false})
			}
		}
		return all
	}
	return nil
}

// branch is where a branch of an if statement runs, given the conditions before it.
func (q *query) branch(p, below syntax.Node) []Guard {
	var all []Guard
	for _, a := range asks(p, below) {
		all = append(all, q.when(a.condition, a.holds)...)
	}
	return all
}

// before is what the statements before one in its block leave over: after "if not IN_BROWSER: return" everything is
// in the browser, and so it is in a try after the import of the bridge.
func (q *query) before(below syntax.Node) []Guard {
	var all []Guard
	block := below.Parent()
	try := block.Field() == syntax.FieldBody && block.Parent().Kind() == syntax.TryStatement
	for _, s := range q.narrowing()[block.ID()] {
		if s.ID() >= below.ID() {
			break
		}
		switch s.Kind() {
		case syntax.IfStatement:
			all = append(all, q.when(s.Child(syntax.FieldCondition), false)...)
		case syntax.AssertStatement:
			all = append(all, q.when(s.First(), true)...)
		case syntax.TryStatement:
			all = append(all, q.succeeded(s)...)
		case syntax.ExpressionStatement:
			all = append(all, Guard{s, pyodide.InPyodide})
		case syntax.ImportStatement, syntax.ImportFromStatement:
			if !try {
				continue
			}
			if realms := q.imports(s); realms != pyodide.AllRealms {
				all = append(all, Guard{s, realms})
			}
		}
	}
	return all
}

// readNarrowing finds the statements that may leave places over for what follows them in their block, by the block.
func (f *File) readNarrowing() map[int][]syntax.Node {
	all := map[int][]syntax.Node{}
	add := func(s syntax.Node) {
		block := s.Parent().ID()
		all[block] = append(all[block], s)
	}
	tree := f.scopes.Tree()
	for s := range tree.Of(syntax.IfStatement) {
		if !s.Child(syntax.FieldAlternative).OK() && leaves(s.Child(syntax.FieldConsequence)) {
			add(s)
		}
	}
	for s := range tree.Of(syntax.AssertStatement) {
		add(s)
	}
	for s := range tree.Of(syntax.TryStatement) {
		if givesUp(s) {
			add(s)
		}
	}
	for _, i := range f.scopes.Imports() {
		add(i.Node)
		if i.Module == "pytest" {
			f.skips(add)
		}
	}
	for block, statements := range all {
		slices.SortFunc(statements, func(a, b syntax.Node) int { return cmp.Compare(a.ID(), b.ID()) })
		all[block] = slices.Compact(statements) // "import a, b" is two imports
	}
	return all
}

// skips finds the statements that let a test go on only where a module of the bridge can be imported.
// Source: https://docs.pytest.org/en/stable/reference/reference.html#pytest-importorskip
func (f *File) skips(add func(syntax.Node)) {
	for call := range f.scopes.Tree().Of(syntax.Call) {
		statement := call.Parent()
		if statement.Kind() == syntax.Assignment {
			statement = statement.Parent()
		}
		if statement.Kind() != syntax.ExpressionStatement || f.scopes.Canonical(call.Child(syntax.FieldFunction)) != "pytest.importorskip" {
			continue
		}
		if module, ok := syntax.Constant(call.Child(syntax.FieldArguments).First()); ok && pyodide.IsBridge(module) {
			add(statement)
		}
	}
}

// when is where code runs that needs a condition to be as said.
func (q *query) when(condition syntax.Node, holds bool) []Guard {
	value := q.condition(condition).as(holds)
	switch {
	case value.yes != pyodide.AllRealms:
		return []Guard{{condition, value.yes}}
	case !value.known() && q.speaks(condition):
		return []Guard{{condition, pyodide.AllRealms}}
	}
	return nil
}

// ThroughPyScript says whether an expression begins with something that the text has from pyscript: in a worker that
// is of the page.
func (f *File) ThroughPyScript(n syntax.Node) bool {
	n = rootOf(n)
	name := f.scopes.Lookup(n)
	if n.Kind() != syntax.Identifier || name == nil {
		return false
	}
	for _, b := range name.Bindings {
		if b.How == scope.ByImport && (b.Import == "pyscript" || strings.HasPrefix(b.Import, "pyscript.")) {
			return true
		}
	}
	return false
}
