package earlydestroy

import (
	"strconv"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// goneAlready finds a destroy of a once-callable that has destroyed itself, or is about to.
func (l life) goneAlready(destroy syntax.Node) bool {
	message := ""
	switch {
	case !l.made.Once:
		return false
	case l.inItself(destroy):
		message = "a once-callable destroys itself behind its call, which fails when the callback has done so"
	case l.ran(destroy):
		message = "a once-callable has destroyed itself when it was called, and fails to be destroyed again"
	default:
		return false
	}
	l.finding(destroy, analysis.Finding{Message: message, Fixes: l.without(destroy)})
	return true
}

// inItself says whether a destroy stands in the function that the once-callable is made of, which is called by nothing
// else.
func (l life) inItself(destroy syntax.Node) bool {
	callable, ok := l.Unit.Flow.Callable(l.made.Callable)
	if !ok || !callable.Def.OK() || l.Unit.Scopes.Function(destroy) != callable.Def {
		return false
	}
	name := l.Unit.Scopes.Lookup(callable.Def.Child(syntax.FieldName))
	return name != nil && len(l.Unit.Scopes.References(name)) == 1
}

// ran says whether the once-callable is certain to have been called, or destroyed, before a destroy.
func (l life) ran(destroy syntax.Node) bool {
	for _, u := range l.uses {
		switch {
		case !u.Sure || u.Inside || u.At == destroy:
		case u.Becomes == flow.Called, u.Becomes == flow.Destroyed:
			if l.follows(destroy, u.At) {
				return true
			}
		case u.Becomes == flow.Argument:
			keeper, ok := l.keeper(u)
			if ok && keeper.Name == "setTimeout" && l.follows(destroy, u.At) && l.sleptThrough(u.At, destroy) {
				return true
			}
		}
	}
	return false
}

// margin is how much longer than a timer a sleep must be for the timer's callback to have run, in milliseconds. Timers
// are late by more than that only on a page that is held up.
const margin = 20

// sleptThrough says whether every path from a timer to a destroy sleeps longer than the timer, which nothing clears.
func (l life) sleptThrough(timer, destroy syntax.Node) bool {
	after := 0.0
	if delay := analysis.Positional(timer, 1); delay.OK() {
		var err error
		if after, err = strconv.ParseFloat(delay.Text(), 64); err != nil {
			return false
		}
	}
	if timer.Parent().Kind() != syntax.ExpressionStatement {
		return false // it may be cleared
	}
	return !l.Unit.Flow.ReachesWithout(timer, destroy, func(n syntax.Node) bool {
		c, ok := l.Unit.Flow.CallAt(n.First())
		if n.Kind() != syntax.Await || !ok || c.Name != "asyncio.sleep" {
			return false
		}
		seconds, err := strconv.ParseFloat(analysis.Positional(c.Node, 0).Text(), 64)
		return err == nil && seconds*1000 >= after+margin
	})
}

// selfDestroying makes a once-callable of a proxy that is called one time, and leaves out the destroy.
func (l life) selfDestroying(destroy syntax.Node) []analysis.Fix {
	fixes := l.without(destroy)
	if l.made.Once || len(fixes) == 0 {
		return fixes
	}
	if l.made.Value.Kind() != syntax.Call {
		return nil
	}
	name, edits := l.Use(l.made.Value, "pyodide.ffi", "create_once_callable")
	fix := &fixes[0]
	fix.Title = "Make a once-callable, which destroys itself"
	fix.Edits = append(append(edits, source.Edit{Span: l.made.Value.Child(syntax.FieldFunction).Span(), New: name}), fix.Edits...)
	return fixes
}

// without leaves out the statement that destroys.
func (l life) without(destroy syntax.Node) []analysis.Fix {
	statement, _, whole := l.Statement(destroy)
	text := l.Unit.Source
	line := text.LineSpan(text.LineOf(statement.Span().Start))
	alone := strings.TrimSpace(text.Text()[line.Start:line.End]) == statement.Text()
	if !whole || !alone || destroy.Parent() != statement {
		return nil
	}
	edit := source.Edit{Span: statement.Span(), New: "pass"}
	if statement.Parent().First() != statement || statement.Next().OK() {
		edit = source.Edit{Span: source.Span{Start: line.Start, End: l.NextLine(line.End)}}
	}
	return []analysis.Fix{{Title: "Leave out the destroy", Edits: []source.Edit{edit}}}
}
