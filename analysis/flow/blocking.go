package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Burden says how long a call of a callable keeps its thread.
type Burden uint8

const (
	// Untold is a callable of which the text does not tell.
	Untold Burden = iota
	// Light is one that is done at once: no loop, and no call but of what is done at once itself.
	Light
	// Blocking is one that calls what waits.
	Blocking
)

// Burden is that of an expression that stands for a callable. Of a blocking one it is the call that waits, no node if
// the expression is the waiting function itself, and its canonical name.
func (f *File) Burden(n syntax.Node) (b Burden, call syntax.Node, name string) {
	name = f.scopes.Canonical(n)
	if f.waits(name) {
		return Blocking, syntax.Node{}, name
	}
	c, ok := f.Callable(n)
	if !ok || !c.Def.OK() {
		if pyodide.Quick(name) {
			return Light, syntax.Node{}, name
		}
		return Untold, syntax.Node{}, ""
	}
	body := c.Def.Child(syntax.FieldBody)
	for inner := range body.Within() {
		if f.scopes.Function(inner) != c.Def || inner.Kind() != syntax.Call {
			continue
		}
		if name := f.scopes.Canonical(inner.Child(syntax.FieldFunction)); f.waits(name) && f.Place(inner) != OnHost {
			return Blocking, inner, name
		}
	}
	if f.light(body) {
		return Light, syntax.Node{}, ""
	}
	return Untold, syntax.Node{}, ""
}

func (f *File) waits(name string) bool {
	_, blocks := f.Blocker(name)
	_, requests := pyodide.Requests[name]
	return blocks || requests
}

// light says whether code has no loop, and calls nothing but what is done at once.
func (f *File) light(code syntax.Node) bool {
	if code.Kind() == syntax.Call && !f.quick(code) || loops(code) {
		return false
	}
	for n := range code.Within() {
		if n.Kind() == syntax.Call && !f.quick(n) || loops(n) {
			return false
		}
	}
	return true
}

// quick says whether a call is done at once, JavaScript's setters and the like among them.
func (f *File) quick(call syntax.Node) bool {
	c, _ := f.CallAt(call)
	return pyodide.Quick(c.Name) || c.Path != ""
}

func loops(n syntax.Node) bool {
	switch n.Kind() {
	case syntax.ForStatement, syntax.WhileStatement, syntax.ListComprehension, syntax.SetComprehension,
		syntax.DictionaryComprehension, syntax.GeneratorExpression:
		return true
	}
	return false
}
