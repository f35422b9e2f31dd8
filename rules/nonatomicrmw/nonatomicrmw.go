// Package nonatomicrmw finds reads and writes of shared memory between which another thread can write.
package nonatomicrmw

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
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
	for n := range p.File.Tree.Of(syntax.AugmentedAssignment) {
		m.update(n, n.Child(syntax.FieldLeft), n.Child(syntax.FieldOperator).Text(), n.Child(syntax.FieldRight))
	}
	for n := range p.File.Tree.Of(syntax.Assignment) {
		if left, right := n.Child(syntax.FieldLeft), n.Child(syntax.FieldRight); left.Kind() == syntax.Subscript {
			if operator, operand, ok := ofItself(left, right); ok {
				m.update(n, left, operator+"=", operand)
			}
		}
	}
	for n := range p.File.Tree.Of(syntax.IfStatement) {
		m.testAndSet(n)
	}
}

// memory is what a file shares with other threads.
type memory struct {
	*analysis.Pass
	posts []post // nil until asked for
	asked bool
}

// post is a value that a file hands to another thread.
type post struct {
	at     syntax.Node // the call
	origin syntax.Node // where the value was made
}

// ofItself reads "v[i] = v[i] + x": the operator and x.
func ofItself(left, right syntax.Node) (operator string, operand syntax.Node, ok bool) {
	if right.Kind() != syntax.BinaryOperator {
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

// atomics are the functions of Atomics that do what an assignment does, by its operator. Python has "or" and
// "and" for keywords, and Pyodide takes the underscore away.
var atomics = map[string]string{"+=": "add", "-=": "sub", "|=": "or_", "&=": "and_", "^=": "xor"}

// update reports a write that depends on a read, if other threads have the memory.
func (m *memory) update(statement, item syntax.Node, operator string, operand syntax.Node) {
	if item.Kind() != syntax.Subscript || !m.exposed(item, statement) {
		return
	}
	finding := analysis.Finding{
		Message: fmt.Sprintf("if another thread writes %s as well, what it writes between this read and this write is lost", item.Text()),
		Cause:   analysis.Cause{Span: item.Span(), Kind: "update"},
	}
	if function, ok := atomics[operator]; ok && statement.Parent().Kind() == syntax.ExpressionStatement {
		name, edits := m.Use(statement, "js", "Atomics")
		finding.Fixes = []analysis.Fix{{
			Title: "Use Atomics." + strings.TrimSuffix(function, "_"),
			Edits: append(edits, source.Edit{Span: statement.Span(), New: fmt.Sprintf("%s.%s(%s, %s, %s)",
				name, function, item.Child(syntax.FieldValue).Text(), item.Child(syntax.FieldSubscript).Text(), operand.Text())}),
		}}
	}
	m.Report(item, 1, finding) // it may be this thread's alone to write
}

// testAndSet reports "if v[i] == a: v[i] = b".
func (m *memory) testAndSet(n syntax.Node) {
	test := n.Child(syntax.FieldCondition)
	item := test.First()
	operator := item.Next()
	expected := operator.Next()
	set := firstOf(n.Child(syntax.FieldConsequence)).First()
	if test.Kind() != syntax.ComparisonOperator || operator.Text() != "==" || expected.Next().OK() || item.Kind() != syntax.Subscript ||
		set.Kind() != syntax.Assignment || set.Child(syntax.FieldLeft).Text() != item.Text() || !m.exposed(item, n) {
		return
	}
	value := set.Child(syntax.FieldRight)
	name, edits := m.Use(n, "js", "Atomics")
	edits = append(edits, source.Edit{Span: test.Span(), New: fmt.Sprintf("%s.compareExchange(%s, %s, %s, %s) == %s", name,
		item.Child(syntax.FieldValue).Text(), item.Child(syntax.FieldSubscript).Text(), expected.Text(), value.Text(), expected.Text())})
	m.Report(item, 0, analysis.Finding{
		Message: fmt.Sprintf("another thread can write %s between this test and the write that depends on it, so both can succeed", item.Text()),
		Related: []analysis.Related{{Span: set.Span(), Message: "the write"}},
		Fixes: []analysis.Fix{{
			Title: "Use Atomics.compareExchange", Applicability: analysis.Unsafe, Edits: append(edits, without(m.File, set.Parent())),
		}},
		Cause: analysis.Cause{Span: item.Span(), Kind: "update"},
	})
}

func firstOf(block syntax.Node) syntax.Node {
	for s := range block.Children() {
		return s
	}
	return syntax.Node{}
}

// without takes a block's first statement out, or leaves "pass" where nothing else is.
func without(f *analysis.File, statement syntax.Node) source.Edit {
	if next := statement.Next(); next.OK() {
		return source.Edit{Span: source.Span{Start: statement.Span().Start, End: next.Span().Start}}
	}
	return source.Edit{Span: statement.Span(), New: "pass"}
}

// exposed says whether an item lies in memory that another thread has when a statement runs: an integer array
// on a shared buffer, of which the file hands the buffer or an array on it to another thread, not only
// afterwards.
func (m *memory) exposed(item, statement syntax.Node) bool {
	if item.Child(syntax.FieldSubscript).Kind() == syntax.Slice || m.File.Flow.Place(item) == flow.OnHost {
		return false
	}
	array := m.made(item.Child(syntax.FieldValue))
	path, _ := m.File.Flow.JavaScript(array)
	if kind, ok := pyodide.ArrayMade(path); !ok || !kind.Atomic {
		return false
	}
	buffer := m.buffer(array)
	if !buffer.OK() {
		return false
	}
	shared, before := false, false
	for _, sent := range m.sent() {
		if sent.origin == buffer || m.buffer(sent.origin) == buffer {
			shared = true
			before = before || !m.comesFirst(statement, sent.at)
		}
	}
	return shared && before
}

// made is the call that made an array, through names, attributes and parts of it.
func (m *memory) made(array syntax.Node) syntax.Node {
	for range 8 {
		array = m.File.Flow.Definition(array)
		function := array.Child(syntax.FieldFunction)
		if function.Child(syntax.FieldAttribute).Text() != "subarray" {
			return array
		}
		array = function.Child(syntax.FieldObject)
	}
	return syntax.Node{}
}

// buffer is the expression that made the shared memory on which a call makes an array.
func (m *memory) buffer(made syntax.Node) syntax.Node {
	argument := analysis.Positional(made, 0)
	if argument.Child(syntax.FieldAttribute).Text() == "buffer" {
		if other := m.made(argument.Child(syntax.FieldObject)); other != made && m.isArray(other) {
			return m.buffer(other)
		}
	}
	origin := m.File.Flow.Definition(argument)
	if path, _ := m.File.Flow.JavaScript(origin); path == pyodide.SharedBuffer {
		return origin
	}
	return syntax.Node{}
}

func (m *memory) isArray(made syntax.Node) bool {
	path, _ := m.File.Flow.JavaScript(made)
	_, ok := pyodide.ArrayMade(path)
	return ok
}

// sent is what the file posts to other threads.
func (m *memory) sent() []post {
	if m.asked {
		return m.posts
	}
	m.asked = true
	for call := range m.File.Tree.Of(syntax.Call) {
		function := call.Child(syntax.FieldFunction)
		name := function.Child(syntax.FieldAttribute).Text()
		if function.Kind() == syntax.Identifier {
			name = m.File.Scopes.Canonical(function)
		}
		if name != "postMessage" && name != "js.postMessage" {
			continue
		}
		for n := range call.Child(syntax.FieldArguments).Within() {
			if n.Kind() == syntax.Identifier || n.Kind() == syntax.Attribute {
				m.posts = append(m.posts, post{call, m.made(n)})
			}
		}
	}
	return m.posts
}

// comesFirst says whether a statement certainly runs before a call, and not again after it: straight-line code
// of the same function, or __init__ before other methods.
func (m *memory) comesFirst(statement, call syntax.Node) bool {
	function := m.File.Scopes.Function(statement)
	if m.File.Flow.Repeats(statement) && m.File.Flow.Repeats(call) {
		return false
	}
	if function == m.File.Scopes.Function(call) {
		return statement.ID() < call.ID()
	}
	return function.Child(syntax.FieldName).Text() == "__init__"
}
