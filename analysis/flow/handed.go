package flow

import "pyodide-ls/analysis/syntax"

// Handed lists the positional arguments of calls through which a value leaves, if nothing else becomes of it: it is an
// argument where it is made, or the value of a name that is used as one. It is empty when something may keep the value.
// A name of the module keeps it, unless a loop gives that name the next one.
func (f *File) Handed(value syntax.Node) []syntax.Node {
	var arguments []syntax.Node
	var kept syntax.Node
	for _, u := range f.Goes(value) {
		switch {
		case u.Becomes == Argument && u.Position >= 0 && !u.Inside && u.Sure:
			arguments = append(arguments, u.Node)
		case u.Becomes == OfModule && u.Sure && f.scopes.At(u.At) == f.scopes.Module() && f.Repeats(u.At):
			kept = u.At
		case u.Becomes != Tested:
			return nil
		}
	}
	if kept.OK() && !f.inLoopOf(kept, arguments) {
		return nil
	}
	return arguments
}

// inLoopOf says whether the innermost loop around a node holds all the others, and no function of its own does.
func (f *File) inLoopOf(n syntax.Node, others []syntax.Node) bool {
	for p := range n.Above() {
		if p.Kind() != syntax.ForStatement && p.Kind() != syntax.WhileStatement {
			continue
		}
		for _, o := range others {
			if !p.Holds(o) || f.scopes.Function(o) != f.scopes.Function(n) {
				return false
			}
		}
		return true
	}
	return false
}
