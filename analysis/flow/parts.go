package flow

import "pyodide-ls/analysis/syntax"

// Parts are the expressions that give the values in a container that is written out, or by a comprehension: those of a
// list, a tuple or a set, the values of a dict, and the parts of those that are containers themselves. Of what is no such
// container there are none; ok says that it is one.
func (f *File) Parts(n syntax.Node) (parts []syntax.Node, ok bool) { return f.ask().parts(n) }

func (q *query) parts(n syntax.Node) (parts []syntax.Node, ok bool) {
	if n = q.definition(n); q.spent() {
		return nil, false
	}
	switch n.Kind() {
	case syntax.List, syntax.Tuple, syntax.Set, syntax.Dictionary:
		for part := range n.Children() {
			parts = append(parts, q.partOf(part)...)
		}
		return parts, true
	case syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension:
		return q.partOf(n.First()), true
	}
	return nil, false
}

// partOf is a part of a container, or the parts of that.
func (q *query) partOf(n syntax.Node) []syntax.Node {
	if n.Kind() == syntax.Pair {
		n = n.Child(syntax.FieldValue)
	}
	if n.Kind() == syntax.ListSplat || n.Kind() == syntax.DictionarySplat {
		n = n.First()
	}
	if inner, ok := q.parts(n); ok {
		return inner
	}
	return []syntax.Node{n}
}

// Plain is the class of this text, without a base of its own, that an expression makes an instance of; no node if it is
// none.
func (f *File) Plain(n syntax.Node) syntax.Node {
	q := f.ask()
	if made := q.definition(n); made.Kind() == syntax.Call {
		if class := q.class(made.Child(syntax.FieldFunction)); class.OK() && alone(class) {
			return class
		}
	}
	return syntax.Node{}
}
