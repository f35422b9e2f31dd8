package flow

import (
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Spin is a loop that does nothing but read memory until it has changed, which is for another thread to do.
type Spin struct {
	Read  syntax.Node // the first read of it: an item, or a call of Atomics.load
	Array syntax.Node // the array that is read
	Index syntax.Node
}

// Spin says whether a while loop is one. It is none if it may end by anything else, such as a count or a clock, or does
// anything besides that may let others run: awaits, calls, writes.
func (f *File) Spin(loop syntax.Node) (s Spin, ok bool) {
	condition, body := loop.Child(syntax.FieldCondition), loop.Child(syntax.FieldBody)
	w := &watch{File: f, told: map[string]bool{}}
	w.bound(condition)
	w.bound(body)
	if !w.idle(condition) || !w.idle(body) || !w.read.OK() {
		return Spin{}, false
	}
	ends := w.tells(condition)
	for _, kind := range []syntax.Kind{syntax.IfStatement, syntax.ElifClause} {
		for branch := range f.scopes.Tree().Of(kind) {
			if !body.Holds(branch) {
				continue
			}
			if asked := branch.Child(syntax.FieldCondition); !w.tells(asked) || w.counts(asked) {
				return Spin{}, false
			}
			ends = true
		}
	}
	if !ends || w.counts(condition) {
		return Spin{}, false
	}
	if w.read.Kind() == syntax.Subscript {
		return Spin{w.read, w.read.Child(syntax.FieldValue), w.read.Child(syntax.FieldSubscript)}, true
	}
	array := w.read.Child(syntax.FieldArguments).First()
	return Spin{w.read, array, array.Next()}, array.Next().OK()
}

// watch is a look at one loop.
type watch struct {
	*File
	read    syntax.Node     // the first read of memory that others write
	told    map[string]bool // the names that hold what was read
	counted []string        // the names that count turns
}

// reads says whether a node reads memory that another thread may write.
func (w *watch) reads(n syntax.Node) bool {
	switch n.Kind() {
	case syntax.Subscript:
		return w.SharedMemory(n.Child(syntax.FieldValue)).OK() && n.Child(syntax.FieldSubscript).Kind() != syntax.Slice
	case syntax.Call:
		c, _ := w.CallAt(n)
		return c.Path == pyodide.Load
	}
	return false
}

// some says whether something holds of a node or of one below it.
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

// bound notes what names of a part of the loop hold.
func (w *watch) bound(part syntax.Node) {
	some(part, func(n syntax.Node) bool {
		switch n.Kind() {
		case syntax.NamedExpression:
			if some(n.Child(syntax.FieldValue), w.reads) {
				w.told[n.Child(syntax.FieldName).Text()] = true
			}
		case syntax.Assignment:
			if left := n.Child(syntax.FieldLeft); left.Kind() == syntax.Identifier && some(n.Child(syntax.FieldRight), w.reads) {
				w.told[left.Text()] = true
			}
		case syntax.AugmentedAssignment:
			w.counted = append(w.counted, n.Child(syntax.FieldLeft).Text())
		}
		return false
	})
}

// tells says whether a condition depends on what was read.
func (w *watch) tells(condition syntax.Node) bool {
	return some(condition, func(n syntax.Node) bool { return w.reads(n) || n.Kind() == syntax.Identifier && w.told[n.Text()] })
}

// counts says whether a condition depends on how often the loop has turned.
func (w *watch) counts(condition syntax.Node) bool {
	return some(condition, func(n syntax.Node) bool { return slices.Contains(w.counted, n.Text()) })
}

// idle says whether a part of the loop lets nobody else run and writes nothing but names of what was read, and notes
// the first read.
func (w *watch) idle(part syntax.Node) bool {
	return !some(part, func(n syntax.Node) bool {
		if w.reads(n) && !w.read.OK() {
			w.read = n
		}
		switch n.Kind() {
		case syntax.Call:
			return !w.reads(n)
		case syntax.Assignment:
			return !w.told[n.Child(syntax.FieldLeft).Text()]
		case syntax.NamedExpression:
			return !w.told[n.Child(syntax.FieldName).Text()]
		case syntax.AugmentedAssignment:
			return n.Child(syntax.FieldLeft).Kind() != syntax.Identifier
		}
		return !still[n.Kind()]
	})
}

// still are the kinds of nodes that are no more than values, names, and ways through a loop.
var still = map[syntax.Kind]bool{
	syntax.Block: true, syntax.PassStatement: true, syntax.ContinueStatement: true, syntax.BreakStatement: true,
	syntax.ReturnStatement: true, syntax.ExpressionStatement: true, syntax.IfStatement: true, syntax.ElifClause: true,
	syntax.ElseClause: true, syntax.Comment: true, syntax.Ellipsis: true, syntax.ParenthesizedExpression: true,
	syntax.NotOperator: true, syntax.BooleanOperator: true, syntax.ComparisonOperator: true, syntax.UnaryOperator: true,
	syntax.BinaryOperator: true, syntax.Operator: true, syntax.Identifier: true, syntax.Attribute: true, syntax.Subscript: true,
	syntax.ArgumentList: true, syntax.Integer: true, syntax.Float: true, syntax.String: true, syntax.True: true,
	syntax.False: true, syntax.None: true, syntax.Tuple: true,
}
