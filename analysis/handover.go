package analysis

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Handover is a Python function that is handed to JavaScript, which calls it later and asks for no result. It enters
// Python anew: nothing of what runs there can wait by switching the stack, unless the function is async.
type Handover struct {
	Value    syntax.Node // the expression that is handed over
	Function syntax.Node // the function_definition or lambda that is called then
	By       string      // what calls it, for people: "addEventListener", "onclick"
	Drops    bool        // whether even an async function does not run (pyodide.Wrapper)
	Lower    int         // by how much a finding is less certain
}

// Handovers are the functions of the text that it hands to JavaScript in plain sight.
func (p *Pass) Handovers() []Handover { return p.handovers() }

func (p *Pass) readHandovers() []Handover {
	var all []Handover
	add := func(c Handover) {
		if c.Function = p.Unit.Flow.Behind(c.Value); c.Function.OK() {
			all = append(all, c)
		}
	}
	for _, c := range p.Unit.Flow.Calls() {
		if w, ok := pyodide.Wrappers[c.Name]; ok {
			value := Positional(c.Node, w.Callback)
			_, python := p.Unit.Flow.Callable(value)
			add(Handover{Value: value, By: c.Name[strings.LastIndexByte(c.Name, '.')+1:], Drops: w.Drops && python})
			continue
		}
		keeper, lower, ok := p.Keeper(c.Node)
		if !ok || p.OverThere(c.Function) {
			continue
		}
		for _, position := range keeper.Callback {
			add(Handover{Value: Positional(c.Node, position), By: keeper.Name, Lower: lower})
		}
	}
	for n := range p.Unit.Tree.Of(syntax.Assignment) {
		left := n.Child(syntax.FieldLeft)
		handler := left.Child(syntax.FieldAttribute).Text()
		if !pyodide.IsHandler(handler) {
			continue
		}
		if object := left.Child(syntax.FieldObject); p.isObject(object) {
			add(Handover{Value: n.Child(syntax.FieldRight), By: handler})
		}
	}
	return all
}

// isObject says whether an expression is an object of JavaScript, of the thread that the code runs on.
func (p *Pass) isObject(n syntax.Node) bool {
	_, ok := p.Unit.Flow.JavaScript(p.Unit.Flow.Definition(n))
	return ok && !p.OverThere(n)
}

// OverThere says whether an expression leads from a worker of PyScript to the page, which calls back in a way of its own.
func (p *Pass) OverThere(n syntax.Node) bool {
	return p.Unit.Flow.ThroughPyScript(n) && p.Realms(n).Has(pyodide.Worker)
}

// CalledBack is how JavaScript comes to call a function of the text; ok is false where the text does not show that it
// does.
func (p *Pass) CalledBack(function syntax.Node) (c Handover, ok bool) {
	all := p.Handovers()
	i := slices.IndexFunc(all, func(c Handover) bool { return c.Function == function })
	if i < 0 {
		return Handover{}, false
	}
	return all[i], true
}
