package realm

import (
	"maps"
	"reflect"
	"slices"

	"pyodide-ls/analysis/flow"
)

// Moved is the graph after an edit of a file that changed nothing but the lines on which its Python says what it says,
// or what its functions do; ok is false where it changed more, so that the graph has to be made anew.
func (g *Graph) Moved(file string, now Python) (moved *Graph, ok bool) {
	before := g.python[file]
	if g.files.known[file] == nil || len(before) != len(now) {
		return nil, false
	}
	lines := map[int]int{}
	for i := range now {
		if !reflect.DeepEqual(before[i].unplaced(), now[i].unplaced()) {
			return nil, false
		}
		old := before[i].lines()
		for j, line := range now[i].lines() {
			lines[old[j]] = line
		}
	}
	return g.with(file, moves{lines, now}), true
}

// As is the graph for questions about what the functions of a file do, which says now what it says now, before the
// graph is made anew of it; nil where the file has other texts.
func (g *Graph) As(file string, now Python) *Graph {
	if g == nil {
		return nil
	}
	before := g.texts(file)
	switch {
	case len(before) != len(now):
		return nil
	case slices.Equal(before, now):
		return g
	}
	return g.with(file, moves{g.moved[file].lines, now})
}

// with is the graph after an edit of a file. What is known of functions stays as long as all do what they did.
func (g *Graph) with(file string, m moves) *Graph {
	next := *g
	if before := g.texts(file); !before.does(m.now) {
		next.memo = &memo{}
		next.functions += m.now.functions() - before.functions()
	}
	next.moved = maps.Clone(g.moved)
	if next.moved == nil {
		next.moved = map[string]moves{}
	}
	next.moved[file] = m
	return &next
}

// moves are what an edit did to a file: the new lines by the old ones, and what the file says now.
type moves struct {
	lines map[int]int
	now   Python
}

// placed is a reason on the line on which it stands now.
func (g *Graph) placed(r Reason) Reason {
	if line, ok := g.moved[r.Path].lines[r.Line]; ok {
		r.Line = line
	}
	return r
}

// texts is what the Python of a file says now.
func (g *Graph) texts(file string) Python {
	if m, ok := g.moved[file]; ok {
		return m.now
	}
	return g.python[file]
}

// unplaced is the code without its lines.
func (c *Code) unplaced() Code {
	n := *c
	n.SaidLine, n.Does, n.In = 0, flow.Summaries{}, nil
	n.Defs, n.Imports, n.Uses = slices.Clone(c.Defs), slices.Clone(c.Imports), slices.Clone(c.Uses)
	n.Loads, n.Needs, n.Awaited = slices.Clone(c.Loads), slices.Clone(c.Needs), slices.Clone(c.Awaited)
	n.eachLine(func(line *int) { *line = 0 })
	return n
}

// lines are all lines of the code, in an order that depends on nothing else.
func (c *Code) lines() []int {
	var all []int
	n := *c
	n.eachLine(func(line *int) { all = append(all, *line) })
	return all
}

func (c *Code) eachLine(do func(*int)) {
	do(&c.SaidLine)
	for i := range c.Defs {
		do(&c.Defs[i].Line)
	}
	for i := range c.Imports {
		do(&c.Imports[i].Line)
	}
	for i := range c.Uses {
		do(&c.Uses[i].Line)
	}
	for i := range c.Loads {
		do(&c.Loads[i].Line)
	}
	for i := range c.Needs {
		do(&c.Needs[i].Line)
	}
	for i := range c.Awaited {
		do(&c.Awaited[i].Line)
	}
}
