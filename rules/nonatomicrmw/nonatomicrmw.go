// Package nonatomicrmw finds reads and writes of shared memory between which another thread can write.
package nonatomicrmw

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed nonatomic-rmw.md
var doc string

// Rule is nonatomic-rmw.
var Rule = &analysis.Rule{
	Name: "nonatomic-rmw", Group: analysis.SharedMemory, Severity: analysis.Warning, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	m := &memory{Pass: p}
	for n := range p.Unit.Tree.Of(syntax.AugmentedAssignment) {
		m.update(n, n.Child(syntax.FieldLeft), n.Child(syntax.FieldOperator).Text(), n.Child(syntax.FieldRight))
	}
	for n := range p.Unit.Tree.Of(syntax.Assignment) {
		if left, right := n.Child(syntax.FieldLeft), n.Child(syntax.FieldRight); left.Kind() == syntax.Subscript {
			if operator, operand, ok := ofItself(left, right); ok {
				m.update(n, left, operator+"=", operand)
			}
		}
	}
	for _, kind := range []syntax.Kind{syntax.IfStatement, syntax.ElifClause} {
		for n := range p.Unit.Tree.Of(kind) {
			m.testAndSet(n)
		}
	}
}

// ofItself reads "v[i] = v[i] + x": the operator and x.
func ofItself(left, right syntax.Node) (operator string, operand syntax.Node, ok bool) {
	if right.Kind() != syntax.BinaryOperator || !repeatable(left) {
		return "", syntax.Node{}, false
	}
	a, b := right.Child(syntax.FieldLeft), right.Child(syntax.FieldRight)
	operator = right.Child(syntax.FieldOperator).Text()
	switch {
	case a.Text() == left.Text():
		return operator, b, true
	case b.Text() == left.Text() && strings.Contains("+|&^", operator):
		return operator, a, true
	}
	return "", syntax.Node{}, false
}

// update reports a write that depends on a read, if other threads have the memory.
func (m *memory) update(statement, item syntax.Node, operator string, operand syntax.Node) {
	if item.Kind() != syntax.Subscript {
		return
	}
	e, ok := m.exposed(item)
	if !ok {
		return
	}
	lower := 1 // it may be this thread's alone to write
	message := fmt.Sprintf("if another thread writes %s as well, what it writes between this read and this write is lost", item.Text())
	switch {
	case e.twice:
		lower = 0
		message = fmt.Sprintf("this runs on the page and in a worker, and what one writes to %s between the read and the write of the other is lost", item.Text())
	case e.by != "":
		message = fmt.Sprintf("%s shares this memory: %s", e.by, message)
	}
	m.Report(item, lower, analysis.Finding{
		Message: message,
		Fixes:   m.inOneStep(statement, item, operator, operand), Cause: analysis.Cause{Span: item.Span(), Kind: "update"},
	})
}

// inOneStep lets Atomics read and write.
func (m *memory) inOneStep(statement, item syntax.Node, operator string, operand syntax.Node) []analysis.Fix {
	function, ok := pyodide.Atomics[operator]
	if !ok || statement.Parent().Kind() != syntax.ExpressionStatement || fromTheEnd(item) || operand.Kind() == syntax.Yield ||
		mentions(operand, item.Text()) {
		return nil
	}
	name, edits := m.Use(statement, "js", "Atomics")
	fix := analysis.Fix{
		Title: "Use Atomics." + strings.TrimSuffix(function, "_"),
		Edits: append(edits, source.Edit{Span: statement.Span(), New: fmt.Sprintf("%s.%s(%s, %s, %s)",
			name, function, item.Child(syntax.FieldValue).Text(), item.Child(syntax.FieldSubscript).Text(), operand.Text())}),
	}
	if fractional(operand) {
		fix.Applicability = analysis.Unsafe // the operand is cut to an integer before it is added, not after
	}
	return []analysis.Fix{fix}
}

// testAndSet reports "if v[i] == a: v[i] = b". Zero is what is written to say that something has been seen,
// and then it is this thread's to write.
func (m *memory) testAndSet(n syntax.Node) {
	test := n.Child(syntax.FieldCondition)
	item := test.First()
	operator := item.Next()
	expected := operator.Next()
	set := firstOf(n.Child(syntax.FieldConsequence)).First()
	value := set.Child(syntax.FieldRight)
	if test.Kind() != syntax.ComparisonOperator || operator.Text() != "==" || expected.Next().OK() || item.Kind() != syntax.Subscript ||
		set.Kind() != syntax.Assignment || set.Child(syntax.FieldLeft).Text() != item.Text() || value.Text() == "0" ||
		!repeatable(item) {
		return
	}
	if _, ok := m.exposed(item); !ok {
		return
	}
	lower := 0
	if expected.Text() != "0" {
		lower = 1 // a turn may be passed on, and then the others wait
	}
	m.Report(item, lower, analysis.Finding{
		Message: fmt.Sprintf("another thread can write %s between this test and the write that depends on it, so both can succeed", item.Text()),
		Related: []analysis.Related{{Span: set.Span(), Message: "the write"}},
		Fixes:   m.exchange(n, test, set), Cause: analysis.Cause{Span: item.Span(), Kind: "update"},
	})
}

// exchange lets Atomics test and write.
func (m *memory) exchange(n, test, set syntax.Node) []analysis.Fix {
	item, value := set.Child(syntax.FieldLeft), set.Child(syntax.FieldRight)
	if fromTheEnd(item) || value.Kind() == syntax.Assignment || value.Kind() == syntax.Yield {
		return nil
	}
	expected := test.First().Next().Next().Text()
	name, edits := m.Use(n, "js", "Atomics")
	return []analysis.Fix{{
		Title: "Use Atomics.compareExchange", Applicability: analysis.Unsafe,
		Edits: append(edits, without(set.Parent()), source.Edit{Span: test.Span(), New: fmt.Sprintf("%s.compareExchange(%s, %s, %s, %s) == %s",
			name, item.Child(syntax.FieldValue).Text(), item.Child(syntax.FieldSubscript).Text(), expected, value.Text(), expected)}),
	}}
}

func firstOf(block syntax.Node) syntax.Node {
	for s := range block.Children() {
		return s
	}
	return syntax.Node{}
}

// without takes a block's first statement out, or leaves "pass" where nothing else is.
func without(statement syntax.Node) source.Edit {
	if next := statement.Next(); next.OK() {
		return source.Edit{Span: source.Span{Start: statement.Span().Start, End: next.Span().Start}}
	}
	return source.Edit{Span: statement.Span(), New: "pass"}
}

// repeatable says whether an item is the same one wherever its text stands: no call is part of it.
func repeatable(item syntax.Node) bool {
	return !some(item, func(n syntax.Node) bool {
		return n.Kind() == syntax.Call || n.Kind() == syntax.Await || n.Kind() == syntax.NamedExpression
	})
}

// fromTheEnd says whether an index is certainly negative, which Python counts from the end and Atomics refuses.
func fromTheEnd(item syntax.Node) bool {
	return item.Child(syntax.FieldSubscript).Kind() == syntax.UnaryOperator
}

func mentions(n syntax.Node, text string) bool {
	return some(n, func(n syntax.Node) bool { return n.Text() == text })
}

// fractional says whether a number may have a fraction.
func fractional(n syntax.Node) bool {
	return some(n, func(n syntax.Node) bool {
		return n.Kind() == syntax.Float || n.Kind() == syntax.Operator && n.Text() == "/"
	})
}

// some says whether something holds for a node or one below it.
func some(n syntax.Node, is func(syntax.Node) bool) bool {
	if is(n) {
		return true
	}
	for inner := range n.Within() {
		if is(inner) {
			return true
		}
	}
	return false
}
