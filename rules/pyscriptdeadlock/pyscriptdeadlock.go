// Package pyscriptdeadlock finds handlers of a worker's call that await a call of the same worker.
package pyscriptdeadlock

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

//go:embed pyscript-deadlock.md
var doc string

// Rule is pyscript-deadlock.
var Rule = &analysis.Rule{
	Name: "pyscript-deadlock", Group: analysis.RealmGroup, Severity: analysis.Warning, Realms: pyodide.Main, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	if !slices.ContainsFunc(p.Unit.Scopes.Imports(), isPyScript) || !mayBlock(p) {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		handler := p.Unit.Scopes.Function(c.Node)
		if c.Method == "" || c.Node.Parent().Kind() != syntax.Await || !flow.Async(handler) || !certain(p, c.Node, handler) {
			continue
		}
		worker, ok := p.Worker(c.Object())
		if !ok || len(worker.Awaited) == 0 {
			continue
		}
		for _, a := range worker.Awaited {
			if answers(p, c, a.Name, handler) {
				report(p, c, worker, a)
				break
			}
		}
	}
}

func isPyScript(i scope.Import) bool { return strings.HasPrefix(i.Module, "pyscript") }

// mayBlock says whether a worker can wait for the page: not where that is known not to be cross-origin isolated.
func mayBlock(p *analysis.Pass) bool {
	all := p.View.Isolation
	return len(all) == 0 || slices.ContainsFunc(all, func(i realm.Isolated) bool { return i.Isolates || i.Reaches })
}

// branches are what decides, between a node and its function, whether the node comes to run.
var branches = []syntax.Kind{
	syntax.IfStatement, syntax.WhileStatement, syntax.ForStatement, syntax.TryStatement, syntax.MatchStatement,
	syntax.ConditionalExpression, syntax.BooleanOperator,
}

// certain says whether a function comes to a node whenever it is called.
func certain(p *analysis.Pass, at, function syntax.Node) bool {
	for n := range at.Above() {
		if n == function {
			break
		}
		if slices.Contains(branches, n.Kind()) {
			return false
		}
	}
	for n := range function.Child(syntax.FieldBody).Within() {
		leaves := n.Kind() == syntax.ReturnStatement || n.Kind() == syntax.RaiseStatement
		if leaves && n.Span().Start < at.Span().Start && !n.Holds(at) && p.Unit.Scopes.Function(n) == function {
			return false
		}
	}
	return true
}

// answers says whether a function is what answers a worker that calls a function of the page, and the worker is the one
// that another call is of.
func answers(p *analysis.Pass, c flow.Call, name string, function syntax.Node) bool {
	var given []syntax.Node
	for _, target := range p.Unit.Scopes.AttributeTargets(name) {
		if p.Unit.Flow.SameWorker(target.Child(syntax.FieldObject), c.Object()) {
			given = append(given, target)
		}
	}
	if len(given) != 1 || given[0].Field() != syntax.FieldLeft {
		return false
	}
	handler, ok := p.Unit.Flow.Callable(given[0].Parent().Child(syntax.FieldRight))
	return ok && handler.Def == function
}

func report(p *analysis.Pass, c flow.Call, worker realm.Worker, a realm.Awaited) {
	p.Report(c.Node, 0, analysis.Finding{
		Message: fmt.Sprintf("the worker that calls %s waits for it and answers nothing meanwhile, so this never comes back: both wait for ever", a.Name),
		Related: []analysis.Related{analysis.Elsewhere(realm.Reason{Path: worker.Path, Line: a.Line}, "the worker waits here")},
		Cause:   analysis.Cause{Span: c.Node.Span(), Kind: "call of a worker"},
	})
}
