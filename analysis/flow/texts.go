package flow

import (
	"slices"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Texts are what an expression may be that is meant to be a text.
type Texts struct {
	Written []string // those that are written out
	Other   bool     // it may be something that is worked out
	Open    bool     // it may be what calls give that the text does not show
}

// Texts are what an expression may be: of a parameter all that the calls of its function give. elsewhere says of a
// function that other files may call it.
func (f *File) Texts(n syntax.Node, elsewhere func(function syntax.Node) bool) Texts {
	q := f.ask()
	var t Texts
	q.texts(&t, n, elsewhere)
	return t
}

func (q *query) texts(t *Texts, n syntax.Node, elsewhere func(function syntax.Node) bool) {
	n = q.definition(n)
	text, written := syntax.Constant(n)
	switch {
	case written:
		t.Written = append(t.Written, text)
		return
	case q.spent():
		t.Other = true
		return
	}
	values, ok := q.itemsOf(n)
	if parameter := q.parameter(n); parameter != nil {
		ok = true
		var all bool
		values, all = q.receives(parameter)
		t.Open = t.Open || !all || elsewhere(parameter.Scope.Node)
	}
	t.Other = t.Other || !ok
	for _, value := range values {
		q.texts(t, value, elsewhere)
	}
}

// itemsOf are the items of the list that is gone through where a name is bound to each of them.
func (q *query) itemsOf(n syntax.Node) (items []syntax.Node, ok bool) {
	name := q.scopes.Lookup(n)
	if n.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByLoop {
		return nil, false
	}
	return q.listed(name.Bindings[0].Value)
}

// parameter is the parameter that an expression is, which nothing else is assigned to; nil for any other expression.
func (q *query) parameter(n syntax.Node) *scope.Name {
	if n.Kind() != syntax.Identifier {
		return nil
	}
	name := q.scopes.Lookup(n)
	if name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByParameter {
		return nil
	}
	return name
}

// Sought is what a call looks for by a method, such as getElementById, also by way of a function of the text that only
// returns what that finds; no node where that is not certain.
func (f *File) Sought(call syntax.Node, method string) syntax.Node {
	return f.ask().sought(call, method)
}

func (q *query) sought(call syntax.Node, method string) syntax.Node {
	c, ok := q.CallAt(call)
	switch {
	case !ok || q.spent():
		return syntax.Node{}
	case c.Method == method && q.javaScript(c.Function) != "":
		return Positional(call, 0)
	}
	called, ok := q.callable(c.Function)
	if !ok || called.Def.Kind() != syntax.FunctionDefinition {
		return syntax.Node{}
	}
	var by syntax.Node
	if q.returnsOnly(called.Def, func(value syntax.Node) bool {
		again := by.OK()
		by = q.sought(q.definition(value), method)
		return !again && by.OK()
	}) {
		if parameter := q.parameter(by); parameter != nil && parameter.Scope.Node == called.Def {
			return q.supplied(c, parameter, false) // which is no method
		}
		return by
	}
	return syntax.Node{}
}

// receives are the expressions that the calls of a function in the text give to one of its parameters; all says that
// nothing else of the text can come to call it.
func (q *query) receives(parameter *scope.Name) (values []syntax.Node, all bool) {
	function := parameter.Scope.Node
	index, ok := q.named().index[function.ID()]
	if !ok || !q.plain(function) || !q.onlyOne(function) {
		return nil, false
	}
	all = true
	calls := map[int]bool{}
	for _, c := range q.Calls() {
		if o, ok := q.Open(c); ok && o.Function == index {
			calls[c.Function.ID()] = true
			value := q.supplied(c, parameter, o.Bound)
			if all = all && value.OK(); value.OK() {
				values = append(values, value)
			}
		}
	}
	return values, all && !slices.ContainsFunc(q.mentions(function), func(n syntax.Node) bool { return !calls[n.ID()] })
}

// supplied is what a call of a function gives to its parameter; no node where that is not known. The call may give the
// first parameter by itself.
func (q *query) supplied(c Call, parameter *scope.Name, bound bool) syntax.Node {
	function := parameter.Scope.Node
	all := parameters(function)
	at := slices.IndexFunc(all, func(p Parameter) bool { return p.Name == parameter.Text })
	if at < 0 || hasSplat(c.Node) {
		return syntax.Node{} // it takes what is left over
	}
	keyword := all[at].Keyword
	if receiver := q.receiver(function); receiver == ItsClass || receiver == Instance && bound {
		at--
	}
	for x := range Passes(c.Node) {
		if x.Keyword == parameter.Text || x.Keyword == "" && !keyword && x.Position == at {
			return x.Value
		}
	}
	return parameter.Bindings[0].Node.Parent().Child(syntax.FieldValue) // its default
}

func hasSplat(call syntax.Node) bool {
	for a := range call.Child(syntax.FieldArguments).Children() {
		if a.Kind() == syntax.ListSplat || a.Kind() == syntax.DictionarySplat {
			return true
		}
	}
	return false
}

// mentions are the expressions that may stand for a function: references to its name, and of a method whatever is called
// so, of any object.
func (q *query) mentions(function syntax.Node) (all []syntax.Node) {
	name := function.Child(syntax.FieldName).Text()
	all = q.scopes.References(q.scopes.At(function).Name(name))
	if !scope.Class(function).OK() {
		return all
	}
	for n := range q.scopes.Tree().Of(syntax.Attribute) {
		if n.Child(syntax.FieldAttribute).Text() == name {
			all = append(all, n)
		}
	}
	return all
}
