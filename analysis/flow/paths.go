package flow

import (
	"sync"

	"pyodide-ls/analysis/syntax"
)

// paths are the ways on which the statements of one function, or of the module, may run after one another. An
// exception counts where the text speaks of it: behind a raise, and from within the body of a try to its clauses. One
// that the function does not catch ends it, and no path leads on.
type paths struct {
	points []point
	at     map[int][]place // where a node is evaluated, by its id; in each copy of a finally clause
}

// point is one step: a statement, or the part of one that is evaluated by itself. Point 0 is the function's end.
type point struct {
	steps  []step
	next   []int
	throws []int // where an exception leads that is raised here
}

// step is a node that is evaluated. Certain says that it is whenever its point is: it is not behind an "or".
type step struct {
	node    syntax.Node
	certain bool
}

type place struct{ point, step int }

// Always says whether every path from a place to the end of its function passes a node of which something holds. It is
// not so where the function is too large for its paths to be known, nor for nodes in functions of its own.
func (f *File) Always(from syntax.Node, holds func(syntax.Node) bool) bool {
	p := f.pathsAround(from)
	start := p.at[from.ID()]
	if len(start) == 0 {
		return false
	}
	walk := walk{paths: p, stop: func(s step) bool { return s.certain && holds(s.node) }}
	return !walk.ends(start)
}

// Reaches says whether a path leads from a place to another of the same function.
func (f *File) Reaches(from, to syntax.Node) bool {
	return f.ReachesWithout(from, to, func(syntax.Node) bool { return false })
}

// ReachesWithout says whether a path leads from a place to another of the same function that passes no node to be
// avoided.
func (f *File) ReachesWithout(from, to syntax.Node, avoiding func(syntax.Node) bool) bool {
	p := f.pathsAround(from)
	start := p.at[from.ID()]
	if len(start) == 0 || len(p.at[to.ID()]) == 0 {
		return false
	}
	walk := walk{paths: p, stop: func(s step) bool { return avoiding(s.node) }, goal: to}
	return walk.reaches(start)
}

// walk is one search along paths: no further than where it is to stop.
type walk struct {
	*paths
	stop func(step) bool
	goal syntax.Node
	seen []bool
	todo []int
}

// ends says whether the search comes to the function's end.
func (w *walk) ends(from []place) bool { return w.run(from) == atEnd }

// reaches says whether the search comes to its goal.
func (w *walk) reaches(from []place) bool { return w.run(from) == atGoal }

type outcome uint8

const (
	nowhere outcome = iota // everything leads to where the search stops, or round and round
	onwards
	atEnd
	atGoal
)

func (w *walk) run(from []place) outcome {
	w.seen = make([]bool, len(w.points))
	for _, at := range from {
		switch w.pass(at.point, at.step+1) {
		case onwards:
			w.todo = append(w.todo, w.points[at.point].next...)
		case atGoal:
			return atGoal
		}
	}
	ended := nowhere
	for len(w.todo) > 0 {
		i := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		if w.seen[i] {
			continue
		}
		w.seen[i] = true
		if i == 0 {
			ended = atEnd
			continue
		}
		switch w.pass(i, 0) {
		case onwards:
			w.todo = append(append(w.todo, w.points[i].next...), w.points[i].throws...)
		case atGoal:
			return atGoal
		}
	}
	return ended
}

// pass goes through the steps of a point, from one of them on.
func (w *walk) pass(i, from int) outcome {
	for _, s := range w.points[i].steps[min(from, len(w.points[i].steps)):] {
		switch {
		case w.goal.OK() && s.node == w.goal:
			return atGoal
		case w.stop(s):
			return nowhere
		}
	}
	return onwards
}

// pathsAround are the paths of the function around a node, made when they are first asked for.
func (f *File) pathsAround(n syntax.Node) *paths {
	around := n
	for below, p := n, n.Parent(); p.OK(); below, p = p, p.Parent() {
		around = p
		if (p.Kind() == syntax.FunctionDefinition || p.Kind() == syntax.Lambda) && below.Field() == syntax.FieldBody {
			break
		}
	}
	return f.paths()[around.ID()]()
}

// readPaths makes room for the paths of each function, and of none yet: each is a question by itself, asked once.
func (f *File) readPaths() map[int]func() *paths {
	tree := f.scopes.Tree()
	all := map[int]func() *paths{}
	room := func(n syntax.Node) { all[n.ID()] = sync.OnceValue(func() *paths { return newPaths(n) }) }
	room(tree.Root())
	for _, kind := range []syntax.Kind{syntax.FunctionDefinition, syntax.Lambda} {
		for n := range tree.Of(kind) {
			room(n)
		}
	}
	return all
}
