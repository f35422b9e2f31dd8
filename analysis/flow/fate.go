package flow

import (
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// fates reads what becomes of the parameters of functions, but for what is a matter of the functions that they are
// passed on to. Of the object that a method is called on nobody asks.
func (w *summing) fates() {
	for i, function := range w.named().functions {
		s := &w.mine[i]
		for p, parameter := range s.Parameters {
			if p == 0 && s.Receiver != NoReceiver {
				continue
			}
			name := w.scopes.Opened(function).Name(parameter.Name)
			if name == nil || name.Bindings[0].How != scope.ByParameter {
				continue // it is declared otherwise
			}
			for _, use := range w.GoesFrom(name) {
				if d, ok := w.fate(use); ok {
					if d.By = p; d.Act == Hands && len(name.Bindings) > 1 {
						d = Deed{Act: Loses, By: p} // it may be something else by then: a proxy of it
					}
					w.becomes(s, use.Node, d)
				}
			}
		}
	}
}

// becomes adds what becomes of a parameter at a node, unless that is known already. What a condition decides may come
// to pass.
func (w *summing) becomes(s *Summary, at syntax.Node, d Deed) {
	place, let := w.Let(at)
	if place == Unclear {
		let = pyodide.AllRealms
	}
	d.Realms, d.Seconds, d.Repeats = let, Unsaid, d.Repeats || w.Repeats(at)
	if !slices.ContainsFunc(s.Deeds, d.same) {
		d.At = w.place(at.Span())
		s.Deeds = append(s.Deeds, d)
	}
}

// fate is what a use of a parameter is; ok is false for one after which nothing is otherwise than before.
func (w *summing) fate(use Use) (Deed, bool) {
	switch use.Becomes {
	case Tested, Asked, Awaited, Lost, Deleted:
		return Deed{}, false
	case Argument:
		return w.fateOfArgument(use)
	case Called:
		return Deed{Act: Invokes}, true
	case Destroyed:
		return Deed{Act: Destroys}, true
	case Attributed, OfModule:
		return Deed{Act: Keeps, What: use.At.Text()}, true
	case Contained:
		return Deed{Act: Keeps, What: use.Into.Text()}, w.outlivesCall(use.Into)
	case Returned:
		if !use.Inside {
			return Deed{Act: Returns}, true
		}
	case Unknown, Captured, Yielded:
	}
	return Deed{Act: Loses}, true
}

// fateOfArgument is what it is to a parameter that a call is given it. Calls of the project speak for themselves.
func (w *summing) fateOfArgument(use Use) (Deed, bool) {
	c, _ := w.CallAt(use.At)
	if _, ok := w.Blocker(c.Name); ok {
		return Deed{}, false // how long it takes
	}
	keeper, ok := w.added.KeeperNamed(c.target())
	if !ok {
		keeper, ok = w.added.KeeperMethod(c.Method)
		ok = ok && (c.Path != "" || keeper.Own && !w.Python(c.Object()))
	}
	switch {
	case ok && !use.Inside && slices.Contains(keeper.Callback, use.Position):
		return Deed{Act: Hands, What: keeper.Name, Repeats: keeper.Calls == pyodide.Often}, true
	case w.passed[c.Node.ID()] && use.Node.Kind() == syntax.Identifier && !use.Inside:
		return Deed{}, false
	}
	return Deed{Act: Loses}, true
}

// outlivesCall says whether a container is more than a local name.
func (w *summing) outlivesCall(container syntax.Node) bool {
	if container.Kind() != syntax.Identifier {
		return container.Kind() == syntax.Attribute
	}
	name := w.scopes.Lookup(container)
	return name == nil || name.Scope == w.scopes.Module()
}
