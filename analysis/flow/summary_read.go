package flow

import (
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// summing puts the summaries of a text together.
type summing struct {
	*File
	place  func(source.Span) source.Range
	mine   []Summary
	passed map[int]bool // the calls that are among those of a summary, or come to the same as one of them
}

// in is the function that a node runs in, and its summary; nil at the top level, in a class and in a lambda.
func (w *summing) in(n syntax.Node) (syntax.Node, *Summary) {
	function := w.scopes.Function(n)
	if function.Kind() != syntax.FunctionDefinition {
		return function, nil
	}
	return function, &w.mine[w.named().index[function.ID()]]
}

// calls reads what functions wait for, and whom they call.
func (w *summing) calls() {
	for _, c := range w.Calls() {
		if d, ok := w.Blocking(c); ok {
			if function, s := w.in(c.Node); s != nil && d.Seconds != 0 {
				if blocker, ok := w.Blocker(c.Name); ok {
					d.By = w.parameter(Positional(c.Node, blocker.Argument), function, s)
				}
				w.deed(s, function, c.Node, d)
			}
			continue
		}
		function, s := w.in(c.Node)
		if s == nil {
			continue
		}
		o, ok := w.Open(c)
		if !ok || w.asksFirst(c.Node, function) {
			continue
		}
		if o.Realms, ok = w.let(c.Node); !ok {
			continue
		}
		o.Passes = w.passes(c.Node, function, s)
		w.passed[c.Node.ID()] = o.Passes != nil
		if !slices.ContainsFunc(s.Calls, o.sameAs) { // one is enough of those that come to the same
			o.At = w.place(c.Node.Span())
			s.Calls = append(s.Calls, o)
		}
	}
}

// deed adds what a function does at a node.
func (w *summing) deed(s *Summary, function, at syntax.Node, d Deed) {
	let, ok := w.let(at)
	if !ok || w.asksFirst(at, function) {
		return
	}
	d.Realms, d.At = let, w.place(at.Span())
	s.Deeds = append(s.Deeds, d)
}

// let are the places in which the guards around a node let it run; ok is false where one of them cannot be read.
func (w *summing) let(n syntax.Node) (pyodide.Realms, bool) {
	place, let := w.Let(n)
	return let, place != Unclear
}

// asksFirst says whether a condition decides whether a function comes to a node that depends on what it is called with.
func (w *summing) asksFirst(n, function syntax.Node) bool {
	for below, p := n, n.Parent(); p.OK() && below != function; below, p = p, p.Parent() {
		if slices.ContainsFunc(w.deciding(p, below), func(condition syntax.Node) bool { return w.ask().depends(condition, function) }) {
			return true
		}
	}
	return false
}

// deciding are the conditions that decide whether what stands below a node is come to.
func (f *File) deciding(p, below syntax.Node) []syntax.Node {
	var all []syntax.Node
	switch p.Kind() {
	case syntax.IfStatement, syntax.ElifClause:
		for _, a := range asks(p, below) {
			all = append(all, a.condition)
		}
	case syntax.WhileStatement:
		all = append(all, p.Child(syntax.FieldCondition))
	case syntax.ConditionalExpression:
		if condition := p.First().Next(); condition != below {
			all = append(all, condition)
		}
	case syntax.BooleanOperator:
		if below.Field() == syntax.FieldRight {
			all = append(all, p.Child(syntax.FieldLeft))
		}
	case syntax.CaseClause:
		all = append(all, p.Parent().Parent().Child(syntax.FieldSubject))
	case syntax.Block:
		for _, s := range f.narrowing()[p.ID()] {
			if s.ID() < below.ID() && s.Kind() == syntax.IfStatement {
				all = append(all, s.Child(syntax.FieldCondition))
			}
		}
	}
	return all
}

// parameter is which parameter of a function an expression is, None for any other one.
func (w *summing) parameter(n, function syntax.Node, s *Summary) int {
	if n.Kind() != syntax.Identifier {
		return None
	}
	name := w.scopes.Lookup(n)
	if name == nil || name.Scope.Node != function || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByParameter {
		return None
	}
	return slices.IndexFunc(s.Parameters, func(p Parameter) bool { return p.Name == name.Text })
}

// passes are the arguments of a call, as the function has them that it stands in; nil where some of them are not known.
func (w *summing) passes(call, function syntax.Node, s *Summary) []Argued {
	all := []Argued{}
	for a := range call.Child(syntax.FieldArguments).Children() {
		given := Argued{}
		switch a.Kind() {
		case syntax.ListSplat, syntax.DictionarySplat:
			return nil
		case syntax.KeywordArgument:
			given.Keyword = a.Child(syntax.FieldName).Text()
			a = a.Child(syntax.FieldValue)
		}
		given.Seconds = seconds(a)
		given.Parameter = None
		if s != nil {
			given.Parameter = w.parameter(a, function, s)
		}
		all = append(all, given)
	}
	return all
}

// draws reads which functions use what only a page has, each for its first use.
func (w *summing) draws() {
	for n := range w.scopes.Tree().Of(syntax.Attribute) {
		name := n.Child(syntax.FieldAttribute).Text()
		if realms, ok := pyodide.GlobalRealms(name); ok && realms == pyodide.Main && w.scopes.Canonical(n.Child(syntax.FieldObject)) == "js" {
			w.first(n, Deed{Act: Draws, What: "js." + name})
		}
	}
	for _, i := range w.scopes.Imports() {
		if i.Module != "js" && i.Module != "pyscript" {
			continue
		}
		for _, name := range i.Names {
			realms, ok := pyodide.GlobalRealms(name)
			bound := w.scopes.At(i.Node).Name(name)
			if !ok || realms != pyodide.Main || bound == nil {
				continue
			}
			for _, n := range w.scopes.References(bound) {
				w.first(n, Deed{Act: Draws, What: "js." + name})
			}
		}
	}
}

// awaits reads which functions await what no function of the project gives, each for the first time.
func (w *summing) awaits() {
	for n := range w.scopes.Tree().Of(syntax.Await) {
		if c, ok := w.CallAt(n.First()); ok {
			if _, ok := w.Open(c); ok {
				continue // that is for the other one to say
			}
		}
		w.first(n, Deed{Act: Awaits})
	}
}

// first adds what a function does at a node, unless it is known to do such a thing already.
func (w *summing) first(n syntax.Node, d Deed) {
	function, s := w.in(n)
	if s == nil || slices.ContainsFunc(s.Deeds, func(other Deed) bool { return other.Act == d.Act }) {
		return
	}
	d.Seconds, d.By = Unsaid, None
	w.deed(s, function, n, d)
}

// gives reads what functions give back.
func (w *summing) gives() {
	several := map[int]bool{}
	for i := range w.mine {
		w.mine[i].Gives.Call = None
	}
	for n := range w.scopes.Tree().Of(syntax.ReturnStatement) {
		function, s := w.in(n)
		if s == nil || !n.First().OK() {
			continue
		}
		if several[function.ID()] { // which one, depends
			s.Gives = Gives{Call: None}
			continue
		}
		several[function.ID()] = true
		c, ok := w.CallAt(w.Definition(n.First()))
		if !ok || w.scopes.Function(c.Node) != function {
			continue
		}
		if _, ok := pyodide.ProxyMakers[c.Name]; ok {
			s.Gives.Made = c.Name
		} else if o, ok := w.Open(c); ok {
			s.Gives.Call = slices.IndexFunc(s.Calls, o.reaches)
		}
	}
}
