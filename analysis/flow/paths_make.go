package flow

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/syntax"
)

// layouts bounds how often the clauses "finally" of one function are laid out, one time for each way to come to them, as
// a multiple of its nodes: nested ones would multiply each other.
const layouts = 8

// maker lays out the paths of one function from its end backwards: what is made is told where it leads.
type maker struct {
	*paths
	throws []int // where an exception leads that is raised by what is being made
	left   int   // steps that may still be made
}

// ways are where each way to leave a statement leads. Those but the first are made when they are needed.
type ways struct {
	next                       int
	breaks, continues, returns func() int
	raises                     func() []int
}

func newPaths(function syntax.Node) *paths {
	m := &maker{paths: &paths{points: make([]point, 1), at: map[int][]place{}}}
	for range function.Within() {
		m.left += layouts
	}
	end := func() int { return 0 }
	w := ways{breaks: end, continues: end, returns: end, raises: func() []int { return []int{0} }}
	first := 0
	switch function.Kind() {
	case syntax.Module:
		first = m.block(function, w)
	case syntax.Lambda:
		first = m.point(w.next, function.Child(syntax.FieldBody))
	default:
		first = m.block(function.Child(syntax.FieldBody), w)
	}
	if m.left < 0 {
		return &paths{}
	}
	m.forget(first)
	return m.paths
}

// forget takes out the places that no path leads to: code behind a return, and ways out of a try that nothing takes.
func (m *maker) forget(first int) {
	reached, todo := make([]bool, len(m.points)), []int{first}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !reached[i] {
			reached[i] = true
			todo = append(append(todo, m.points[i].next...), m.points[i].throws...)
		}
	}
	for id, places := range m.at {
		m.at[id] = slices.DeleteFunc(places, func(p place) bool { return !reached[p.point] })
	}
}

// point adds a step to some nodes that leads to another one.
func (m *maker) point(next int, nodes ...syntax.Node) int {
	i := len(m.points)
	m.points = append(m.points, point{next: []int{next}, throws: m.throws})
	for _, n := range nodes {
		m.evaluate(i, n, true)
	}
	return i
}

// evaluate adds what is evaluated with a node, in the order in which Python does: the parts before the whole, and a
// value before what it is assigned to. What a function does is no part of its definition.
func (m *maker) evaluate(i int, n syntax.Node, certain bool) {
	if !n.OK() || m.left < 0 {
		return
	}
	m.left--
	switch n.Kind() {
	case syntax.FunctionDefinition, syntax.Lambda:
		for c := range n.Children() {
			if c.Field() != syntax.FieldBody {
				m.evaluate(i, c, certain)
			}
		}
	case syntax.Assignment, syntax.AugmentedAssignment, syntax.NamedExpression:
		left := n.First()
		for c := left.Next(); c.OK(); c = c.Next() {
			m.evaluate(i, c, certain)
		}
		m.evaluate(i, left, certain)
	case syntax.ConditionalExpression:
		value, condition := n.First(), n.First().Next()
		m.evaluate(i, condition, certain)
		m.evaluate(i, value, false)
		m.evaluate(i, condition.Next(), false)
	case syntax.BooleanOperator:
		m.evaluate(i, n.Child(syntax.FieldLeft), certain)
		m.evaluate(i, n.Child(syntax.FieldRight), false)
	case syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension, syntax.GeneratorExpression:
		m.comprehension(i, n, certain)
	default:
		for c := range n.Children() {
			m.evaluate(i, c, certain)
		}
	}
	m.at[n.ID()] = append(m.at[n.ID()], place{i, len(m.points[i].steps)})
	m.points[i].steps = append(m.points[i].steps, step{n, certain})
}

// comprehension adds what is iterated over, then the rest, which may never be evaluated.
func (m *maker) comprehension(i int, n syntax.Node, certain bool) {
	for c := range n.Children() {
		if c.Kind() == syntax.ForInClause {
			m.evaluate(i, c.Child(syntax.FieldRight), certain)
			certain = false
			m.evaluate(i, c.Child(syntax.FieldLeft), false)
		}
	}
	for c := range n.Children() {
		if c.Kind() != syntax.ForInClause {
			m.evaluate(i, c, false)
		}
	}
}

// block is the first point of some statements.
func (m *maker) block(block syntax.Node, w ways) int {
	statements := slices.Collect(block.Children())
	for _, s := range slices.Backward(statements) {
		if m.left < 0 {
			break
		}
		w.next = m.statement(s, w)
	}
	return w.next
}

func (m *maker) statement(s syntax.Node, w ways) int {
	switch s.Kind() {
	case syntax.IfStatement:
		return m.branches(s, w)
	case syntax.WhileStatement, syntax.ForStatement:
		return m.loop(s, w)
	case syntax.TryStatement:
		return m.try(s, w)
	case syntax.WithStatement:
		return m.with(s, w)
	case syntax.MatchStatement:
		return m.match(s, w)
	case syntax.ReturnStatement:
		return m.point(w.returns(), s)
	case syntax.RaiseStatement:
		return m.leave(s, w.raises())
	case syntax.BreakStatement:
		return m.point(w.breaks(), s)
	case syntax.ContinueStatement:
		return m.point(w.continues(), s)
	case syntax.ExpressionStatement:
		if exits(s) {
			return m.leave(s, w.raises())
		}
	}
	return m.point(w.next, s)
}

func (m *maker) leave(s syntax.Node, to []int) int {
	i := m.point(0, s)
	m.points[i].next = to
	return i
}

// exits says whether a statement ends the program.
func exits(s syntax.Node) bool {
	name := s.First().Child(syntax.FieldFunction).Text()
	return name == "sys.exit" || name == "exit" || name == "quit" || name == "pytest.skip" || name == "pytest.exit"
}

func (m *maker) branches(s syntax.Node, w ways) int {
	otherwise := w.next
	alternatives := slices.Collect(s.Children())
	for _, a := range slices.Backward(alternatives) {
		switch a.Kind() {
		case syntax.ElseClause:
			otherwise = m.block(a.Child(syntax.FieldBody), w)
		case syntax.ElifClause:
			otherwise = m.branch(a, otherwise, w)
		}
	}
	return m.branch(s, otherwise, w)
}

// branch is the condition of an if or elif, which leads into its block or past it.
func (m *maker) branch(s syntax.Node, otherwise int, w ways) int {
	i := m.point(otherwise, s.Child(syntax.FieldCondition))
	m.points[i].next = append(m.points[i].next, m.block(s.Child(syntax.FieldConsequence), w))
	return i
}

func (m *maker) loop(s syntax.Node, w ways) int {
	after := w.next
	if otherwise := s.Child(syntax.FieldAlternative); otherwise.OK() {
		after = m.block(otherwise.Child(syntax.FieldBody), w)
	}
	behind := w.next
	head := m.point(after, awaits(s), s.Child(syntax.FieldCondition), s.Child(syntax.FieldLeft))
	w.next = head
	w.breaks, w.continues = func() int { return behind }, func() int { return head }
	body := m.block(s.Child(syntax.FieldBody), w)
	switch condition := s.Child(syntax.FieldCondition); {
	case forEver(condition):
		m.points[head].next = []int{body} // for ever
	default:
		m.points[head].next = append(m.points[head].next, body)
	}
	if over := s.Child(syntax.FieldRight); over.OK() {
		return m.point(head, over)
	}
	return head
}

// forEver says whether the condition of a loop always holds.
func forEver(condition syntax.Node) bool {
	return condition.Kind() == syntax.True || condition.Text() == "1"
}

// awaits is the keyword of a loop or a with statement that waits.
func awaits(s syntax.Node) syntax.Node {
	if first := s.First(); first.Kind() == syntax.Async {
		return first
	}
	return syntax.Node{}
}

// with is a with statement; one that suppresses exceptions goes on behind it.
func (m *maker) with(s syntax.Node, w ways) int {
	var clause syntax.Node
	for c := range s.Children() {
		if c.Kind() == syntax.WithClause {
			clause = c
		}
	}
	outer, inner := m.throws, w
	if strings.Contains(clause.Text(), "suppress(") {
		m.throws = append(slices.Clip(outer), w.next)
		inner.raises = func() []int { return []int{w.next} }
	}
	body := m.block(s.Child(syntax.FieldBody), inner)
	m.throws = outer
	return m.point(body, clause, awaits(s))
}

func (m *maker) match(s syntax.Node, w ways) int {
	otherwise := w.next
	cases := slices.Collect(s.Child(syntax.FieldBody).Children())
	for _, c := range slices.Backward(cases) {
		body := m.block(c.Child(syntax.FieldConsequence), w)
		var asked []syntax.Node
		anything := true
		for part := range c.Children() {
			if part.Field() != syntax.FieldConsequence {
				asked = append(asked, part)
				anything = anything && part.Kind() == syntax.CasePattern && part.Text() == "_"
			}
		}
		i := m.point(body, asked...)
		if !anything {
			m.points[i].next = append(m.points[i].next, otherwise)
		}
		otherwise = i
	}
	return m.point(otherwise, s.Child(syntax.FieldSubject))
}
