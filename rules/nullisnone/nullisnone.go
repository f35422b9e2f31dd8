// Package nullisnone finds tests for None of what is JavaScript's null instead.
package nullisnone

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

//go:embed null-is-none.md
var doc string

// Rule is null-is-none.
var Rule = &analysis.Rule{
	Name: "null-is-none", Group: analysis.Conversion, Severity: analysis.Warning, Doc: doc,
	Evidence: analysis.Fails("'JsNull' object has no attribute"), Check: check,
}

func check(p *analysis.Pass) {
	if p.View.NullToNone || p.Versions().And(pyodide.Since(pyodide.KnowsNull)) == 0 {
		return
	}
	for n := range p.Unit.Tree.Of(syntax.ComparisonOperator) {
		if t, ok := testOf(n); ok {
			t.report(p, n, n)
		}
	}
	for n := range p.Unit.Tree.Of(syntax.CaseClause) {
		if pattern := n.First(); pattern.Kind() == syntax.CasePattern && pattern.First().Kind() == syntax.None {
			test{value: matched(n), none: pattern.First(), same: true}.report(p, n, pattern)
		}
	}
}

// test is a comparison with None.
type test struct {
	value, none syntax.Node
	given       syntax.Node // what a call gives to the parameter that the value is
	same        bool        // it asks whether the value is None, and not whether it is something else
}

func testOf(comparison syntax.Node) (t test, ok bool) {
	left := comparison.First()
	operator := left.Next()
	right := operator.Next()
	if right.Next().OK() { // a chain
		return test{}, false
	}
	if t.value, t.none = left, right; left.Kind() == syntax.None {
		t.value, t.none = right, left
	}
	switch operator.Text() {
	case "is", "==":
		t.same = true
	case "is not", "!=":
	default:
		return test{}, false
	}
	return t, t.none.Kind() == syntax.None && t.value.Kind() != syntax.None
}

// matched is the value that a case clause is held to.
func matched(clause syntax.Node) syntax.Node {
	for p := range clause.Above() {
		if p.Kind() == syntax.MatchStatement {
			return p.First()
		}
	}
	return syntax.Node{}
}

func (t test) report(p *analysis.Pass, n, at syntax.Node) {
	from, ok := t.null(p)
	if !ok || p.Unit.Flow.Place(n) == flow.OnHost || t.settled(p, n) || overThere(p, n) {
		return
	}
	outcome := "always true"
	if t.same {
		outcome = "never true"
	}
	name := from.Name
	if from.Of != "" && from.Static {
		name = from.Of + "." + name
	}
	finding := analysis.Finding{
		Message: fmt.Sprintf("where there is nothing, %s gives null, which is jsnull and not None from Pyodide %s on: %s is %s",
			name, pyodide.KnowsNull, t.subject(), outcome),
		Versions: p.Versions().And(pyodide.Since(pyodide.KnowsNull)),
		Related:  append(t.origin(), t.lost(n)...),
		Cause:    analysis.Cause{Span: at.Span(), Kind: "test"},
	}
	if n.Kind() == syntax.ComparisonOperator {
		finding.Fixes = t.fixes(p, n, from)
	}
	p.Report(at, 0, finding)
}

// null is the member that gives the value that is tested, if that may be null: straight, to a handler of events, or to a
// parameter by a call that does not ask for it.
func (t *test) null(p *analysis.Pass) (from pyodide.Member, ok bool) {
	if from, ok = p.Unit.Flow.Null(t.value); ok {
		return from, !p.Present(p.Unit.Flow.Definition(t.value), from)
	}
	if from, ok = p.NullOfEvent(t.value); ok {
		return from, true
	}
	if from, t.given, ok = p.Unit.Flow.NullGiven(t.value); !ok {
		return from, false
	}
	return from, !test{value: t.given}.settled(p, t.given) && !p.Present(p.Unit.Flow.Definition(t.given), from)
}

// subject is what the outcome is said of.
func (t test) subject() string {
	if t.given.OK() {
		return "of that this"
	}
	return "this"
}

// origin is where the value comes from, if that is another place.
func (t test) origin() []analysis.Related {
	if !t.given.OK() {
		return nil
	}
	return []analysis.Related{{Span: t.given.Span(), Message: "is given to the parameter here"}}
}

// overThere says whether the value may have come from a worker of PyScript's to the page and back.
func overThere(p *analysis.Pass, n syntax.Node) bool {
	return p.Unit.Flow.ImportsPyScript() && p.Realms(n).Has(pyodide.Worker)
}

// lost is the first assignment to an attribute of the value where it is taken to be there: one to jsnull raises nothing.
func (t test) lost(n syntax.Node) []analysis.Related {
	body := n.Parent().Child(syntax.FieldConsequence)
	if t.same || n.Field() != syntax.FieldCondition {
		return nil
	}
	value := t.value
	for value.Kind() == syntax.ParenthesizedExpression {
		value = value.First()
	}
	if value.Kind() == syntax.NamedExpression {
		value = value.Child(syntax.FieldName)
	}
	for left := range body.Within() {
		if left.Field() == syntax.FieldLeft && left.Kind() == syntax.Attribute && left.Child(syntax.FieldObject).Text() == value.Text() {
			return []analysis.Related{{Span: left.Span(), Message: "is written to jsnull then, which raises nothing, and all other nulls have it as well"}}
		}
	}
	return nil
}
