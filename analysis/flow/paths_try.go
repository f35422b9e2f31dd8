package flow

import (
	"slices"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// try lays out a try statement: each point of its body leads to the clauses that catch exceptions, and whatever leaves
// it passes its clause "finally".
func (m *maker) try(s syntax.Node, w ways) int {
	var clauses []syntax.Node
	var otherwise, finally syntax.Node
	for c := range s.Children() {
		switch c.Kind() {
		case syntax.ExceptClause, syntax.ExceptGroupClause:
			clauses = append(clauses, c)
		case syntax.ElseClause:
			otherwise = c
		case syntax.FinallyClause:
			finally = c
		}
	}
	outer := m.throws
	defer func() { m.throws = outer }()
	if finally.OK() {
		w = m.through(finally, w)
	}
	caught, all := m.handlers(clauses, w)
	w.next = m.block(otherwise.Child(syntax.FieldBody), w)
	if len(clauses) > 0 {
		raises := w.raises
		w.raises = func() []int {
			if all {
				return caught
			}
			return append(slices.Clip(caught), raises()...)
		}
		if all {
			m.throws = caught
		} else {
			m.throws = append(slices.Clip(caught), m.throws...)
		}
	}
	return m.block(s.Child(syntax.FieldBody), w)
}

// handlers lays out the clauses that catch exceptions; all says that none gets past them.
func (m *maker) handlers(clauses []syntax.Node, w ways) (caught []int, all bool) {
	for _, c := range clauses {
		var block, what syntax.Node
		for part := range c.Children() {
			if part.Kind() == syntax.Block {
				block = part
			} else {
				what = part
			}
		}
		caught = append(caught, m.point(m.block(block, w), what))
		all = all || scope.CatchesAnything(c)
	}
	return caught, all
}

// through are the ways out of a try by way of its clause "finally", which is laid out once for each place that they
// lead to.
func (m *maker) through(clause syntax.Node, outer ways) ways {
	throws, made := m.throws, map[int]int{}
	by := func(next int) int {
		if first, ok := made[next]; ok {
			return first
		}
		inner := m.throws
		m.throws = throws
		w := outer
		w.next = next
		for block := range clause.Children() {
			made[next] = m.block(block, w)
		}
		m.throws = inner
		return made[next]
	}
	all := func(next []int) []int {
		var each []int
		for _, n := range next {
			each = append(each, by(n))
		}
		return each
	}
	m.throws = all(throws)
	return ways{
		next:      by(outer.next),
		breaks:    func() int { return by(outer.breaks()) },
		continues: func() int { return by(outer.continues()) },
		returns:   func() int { return by(outer.returns()) },
		raises:    func() []int { return all(outer.raises()) },
	}
}
