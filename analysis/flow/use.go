package flow

import (
	"cmp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// use says how often a callable is called by what is done with the expression that stands for it: a call,
// an event listener, a timer, a name for it that is used in turn.
func (c *counter) use(n syntax.Node) Runs {
	if c.spent() {
		return Perhaps
	}
	p := n.Parent()
	switch p.Kind() {
	case syntax.Call:
		if n.Field() == syntax.FieldFunction {
			return c.at(p)
		}
	case syntax.ArgumentList:
		if p.Parent().Kind() == syntax.Call {
			return c.handed(n, p.Parent())
		}
	case syntax.ParenthesizedExpression:
		return c.use(p)
	case syntax.Assignment:
		if n.Field() == syntax.FieldRight {
			return c.assigned(p)
		}
	}
	return Perhaps
}

// handed says how often the function that a callable is handed to will call it.
func (c *counter) handed(argument, call syntax.Node) Runs {
	function := call.Child(syntax.FieldFunction)
	name := c.scopes.Canonical(function)
	if calls, ok := pyodide.Callers[name]; ok {
		return c.called(calls, argument, call)
	}
	if maker, ok := pyodide.ProxyMakers[name]; ok && !maker.Once || name == "functools.partial" {
		return c.use(call)
	}
	if keeper, ok := c.added.KeeperNamed(cmp.Or(c.javaScript(function), name)); ok {
		return c.called(keeper.Calls, argument, call)
	}
	method := function.Child(syntax.FieldAttribute).Text()
	if keeper, ok := c.added.KeeperMethod(method); ok {
		return c.called(keeper.Calls, argument, call)
	}
	if pyodide.OnceMethods[method] {
		return c.afterwards(call)
	}
	if c.added.Owns(name) || c.givesBack(argument, call) {
		return c.use(call)
	}
	return Perhaps
}

// givesBack says whether a call is of a function of the text that returns the argument, as one does that keeps what it
// is given.
func (c *counter) givesBack(argument, call syntax.Node) bool {
	name := c.scopes.Lookup(call.Child(syntax.FieldFunction))
	if name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByFunction || !c.plain(name.Bindings[0].Node) {
		return false
	}
	function := name.Bindings[0].Node
	parameters, i := scope.Parameters(function), position(argument)
	if i < 0 || i >= len(parameters) {
		return false
	}
	uses := c.GoesFrom(c.scopes.Opened(function).Name(parameters[i].Text()))
	return slices.ContainsFunc(uses, func(u Use) bool { return u.Becomes == Returned && u.Sure && !u.Inside })
}

// afterwards is how often code runs that a call has called back a single time.
func (c *counter) afterwards(call syntax.Node) Runs {
	c.later++
	defer func() { c.later-- }()
	return c.at(call)
}

// called is how often code runs that is called back, from a place on.
func (c *counter) called(calls pyodide.Calls, argument, call syntax.Node) Runs {
	if calls == pyodide.Once {
		return c.afterwards(call)
	}
	for a := range call.Child(syntax.FieldArguments).Children() {
		event, _ := syntax.Constant(a)
		switch {
		case a == argument:
		case pyodide.OnceEvents[event]:
			return c.at(call)
		case a.Kind() == syntax.KeywordArgument && a.Child(syntax.FieldName).Text() == "once":
			return c.at(call)
		}
	}
	return Again
}

// assigned follows the one name that an assignment gives a callable, and knows the handler attributes of
// elements.
func (c *counter) assigned(assignment syntax.Node) Runs {
	left := assignment.Child(syntax.FieldLeft)
	switch left.Kind() {
	case syntax.Identifier:
		name := c.scopes.Lookup(left)
		if name == nil || len(name.Bindings) != 1 {
			return Perhaps
		}
		var all []Runs
		for _, r := range c.scopes.References(name) {
			all = append(all, c.use(r))
		}
		return c.sum(all, Perhaps)
	case syntax.Attribute:
		if event, on := strings.CutPrefix(left.Child(syntax.FieldAttribute).Text(), "on"); on && c.javaScript(left.Child(syntax.FieldObject)) != "" {
			if pyodide.OnceEvents[event] {
				return c.at(assignment)
			}
			return Again
		}
	}
	return Perhaps
}

// decorated is how often a function runs that its decorators have handed on.
func (c *counter) decorated(function syntax.Node) Runs {
	for d := range function.Parent().Children() {
		by := d.First()
		if by.Kind() == syntax.Call {
			by = by.Child(syntax.FieldFunction)
		}
		if calls, ok := pyodide.Callers[c.scopes.Canonical(by)]; ok && d.Kind() == syntax.Decorator && calls == pyodide.Often {
			return Again
		}
	}
	return Perhaps
}
