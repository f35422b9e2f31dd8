package analysis

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// NullOfEvent is the attribute of an event that an expression has its value from, if it may be null: of the first thing
// that JavaScript gives to a function of the text which it calls for events.
func (p *Pass) NullOfEvent(n syntax.Node) (m pyodide.Member, ok bool) {
	n = p.Unit.Flow.Definition(n)
	m, ok = pyodide.NullOfEvent(n.Child(syntax.FieldAttribute).Text())
	if !ok || n.Kind() != syntax.Attribute {
		return pyodide.Member{}, false
	}
	event := p.Unit.Scopes.Lookup(n.Child(syntax.FieldObject))
	if event == nil || len(event.Bindings) != 1 || event.Bindings[0].How != scope.ByParameter {
		return pyodide.Member{}, false
	}
	return m, p.listens(event)
}

// listens says whether a parameter is the one that an event is given to.
func (p *Pass) listens(parameter *scope.Name) bool {
	function, first := parameter.Scope.Node, 0
	if scope.Class(function).OK() {
		first = 1
	}
	all := scope.Parameters(function)
	if len(all) <= first || all[first] != parameter.Bindings[0].Node {
		return false
	}
	c, ok := p.CalledBack(function)
	return ok && (pyodide.Listening[c.By] || pyodide.IsHandler(c.By)) || p.Unit.Flow.Decorated(function, pyodide.When)
}
