package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// handed follows an argument into the call that it is handed to, as far as that is known.
func (t *tracer) handed(n, p syntax.Node, s state) {
	use := Use{Becomes: Argument, Node: n, Position: -1, Inside: s.inside, Sure: s.sure}
	switch p.Kind() {
	case syntax.KeywordArgument:
		use.Keyword = p.Child(syntax.FieldName).Text()
	case syntax.ListSplat, syntax.DictionarySplat:
		if p.Parent().Kind() != syntax.ArgumentList { // "[*proxies, proxy]"
			if !s.inside {
				t.add(Asked, n, p, s)
				return
			}
			t.value(p, s)
			return
		}
	default:
		use.Position = position(n)
		if p.Parent().Kind() == syntax.Call {
			use.At = p.Parent()
			t.argument(use, s)
			return
		}
	}
	if p.Kind() != syntax.ArgumentList {
		p = p.Parent()
	}
	if use.At = p.Parent(); use.At.Kind() != syntax.Call { // the bases of a class
		t.add(Unknown, n, use.At, s)
		return
	}
	t.argument(use, s)
}

// position is the place of an argument among the positional ones, -1 behind a "*".
func position(n syntax.Node) int {
	i := 0
	for a := range n.Parent().Children() {
		switch {
		case a == n:
			return i
		case a.Kind() == syntax.ListSplat || a.Kind() == syntax.DictionarySplat || a.Kind() == syntax.KeywordArgument:
			return -1
		}
		i++
	}
	return -1
}

// argument follows an argument where the call is one of Python's own; others are for whoever asks.
func (t *tracer) argument(use Use, s state) {
	c, _ := t.CallAt(use.At)
	switch {
	case c.Name == "functools.partial":
		t.value(use.At, s.within())
	case s.inside && pyodide.Collectors[c.Name]:
		t.value(use.At, s)
	case s.inside && c.Name == pyodide.DestroyProxies, c.Name != pyodide.DestroyProxies && t.added.Destroys(c.Name):
		t.add(Destroyed, use.Node, use.At, s)
	case pyodide.Lookers[c.Name]:
		t.add(Tested, use.Node, use.At, s)
	case c.Name == "builtins.setattr" && use.Position == 2:
		t.setattr(c, use, s)
	case c.Name == "builtins.getattr" && use.Position == 0:
		t.add(Asked, use.Node, use.At, s)
	case c.Method != "" && t.stores(c, s):
		t.into(c.Object(), use.Node, use.At, state{false, s.sure})
	default:
		t.uses = append(t.uses, use)
	}
}

// stores says whether a method puts what it is given into a container of Python's.
func (t *tracer) stores(c Call, s state) bool {
	return c.Path == "" && (pyodide.ContainerStores[c.Method] || s.inside && pyodide.ContainerJoins[c.Method])
}

// setattr follows a value to the attribute that setattr gives it to, if its name is written out.
func (t *tracer) setattr(c Call, use Use, s state) {
	t.add(Attributed, use.Node, c.Node, s)
	class := t.classOf(Positional(c.Node, 0))
	if name, ok := syntax.Constant(Positional(c.Node, 1)); ok && class.OK() {
		t.attributeOf(class, name, syntax.Node{}, s)
	}
}
