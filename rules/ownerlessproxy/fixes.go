package ownerlessproxy

import (
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// fixes gives the proxy an owner: the project's own, else the function's or the object's, else Pyodide's.
// Where the code runs once nothing is wrong yet, so that only the project's own way is safe to take.
func (c *checker) fixes(x proxy) []analysis.Fix {
	var all []analysis.Fix
	add := func(f analysis.Fix, ok bool) {
		if ok {
			all = append(all, f)
		}
	}
	if first := analysis.Positional(x.value, 0); x.value.Kind() != syntax.Call || !first.OK() || first.Next().OK() {
		return nil
	}
	if x.runs == flow.Once && c.keep.Name != "" {
		add(c.keptAlive(x))
	}
	if x.runs != flow.Once {
		fix, _, ok := c.Beside(x.proxied())
		add(fix, ok)
	}
	add(c.ofMethod(x))
	add(c.onInstance(x))
	add(c.wrapped(x))
	if x.runs == flow.Once && c.keep.Name == "" {
		for i := range all {
			all[i].Applicability = analysis.Unsafe
		}
	}
	return all
}

// keptAlive hands the proxy to the project's function that keeps proxies.
func (c *checker) keptAlive(x proxy) (analysis.Fix, bool) {
	function, edits, risk, ok := c.UseKeepAlive(x.value, c.keep)
	if !ok {
		return analysis.Fix{}, false
	}
	fix := analysis.Fix{Title: "Keep it with " + c.keep.Name, Applicability: risk}
	statement, indent, whole := c.Statement(x.value)
	named := x.value.Parent().Kind() == syntax.Assignment
	switch {
	case c.keep.Returns:
		fix.Edits = append(edits, analysis.Insertion(x.value.Span().Start, function+"("), analysis.Insertion(x.value.Span().End, ")"))
		return fix, true
	case !whole || statement.Kind() != syntax.ExpressionStatement:
		return analysis.Fix{}, false
	case named:
		call := fmt.Sprintf("%s(%s)", function, x.value.Parent().Child(syntax.FieldLeft).Text())
		fix.Edits = append(edits, analysis.Insertion(c.LineEnd(statement), c.Unit.LineEnd()+indent+call))
		return fix, true
	}
	name := c.calls(x) + "_proxy"
	if c.named[name] || !c.Free(x.value, name) {
		return analysis.Fix{}, false
	}
	c.named[name] = true
	next := c.Unit.LineEnd() + indent
	lines := fmt.Sprintf("%s = %s%s%s(%s)%s", name, x.value.Text(), next, function, name, next)
	fix.Edits = append(edits, analysis.Insertion(statement.Span().Start, lines), source.Edit{Span: x.value.Span(), New: name})
	return fix, true
}

// ofMethod makes the proxy of a bound method once for each instance.
func (c *checker) ofMethod(x proxy) (analysis.Fix, bool) {
	fix, _, ok := c.InInit(x.proxied())
	if x.cycle && !c.inInit(x.call) && len(fix.Edits) > 1 {
		fix.Applicability = analysis.Unsafe // what was made when it was needed is now made for each instance
	}
	return fix, ok
}

// onInstance keeps a proxy that __init__ makes as an attribute of the instance.
func (c *checker) onInstance(x proxy) (analysis.Fix, bool) {
	self, class := c.Self(x.call)
	statement, indent, whole := c.Statement(x.value)
	if self == nil || !c.inInit(x.call) || !whole || statement.Kind() != syntax.ExpressionStatement || x.value.Parent().Kind() != syntax.ArgumentList || x.callable.Kind() == syntax.Attribute {
		return analysis.Fix{}, false
	}
	if _, ok := c.InitOf(class); !ok {
		return analysis.Fix{}, false
	}
	attribute := "_" + c.calls(x) + "_proxy"
	key := fmt.Sprint(class.ID(), attribute)
	if c.named[key] || len(c.Unit.Scopes.AttributeTargets(attribute)) > 0 {
		return analysis.Fix{}, false
	}
	c.named[key] = true
	attribute = self.Text + "." + attribute
	return analysis.Fix{
		Title: fmt.Sprintf("Keep it as %s", attribute),
		Edits: []source.Edit{
			analysis.Insertion(statement.Span().Start, fmt.Sprintf("%s = %s%s%s", attribute, x.value.Text(), c.Unit.LineEnd(), indent)),
			{Span: x.value.Span(), New: attribute},
		},
	}, true
}

// wrapped uses Pyodide's own wrapper. It finds a proxy again by its callable and by the Python object that
// stands for the target, so it is of no use for a lambda, for a target that nothing in Python holds, nor for
// one callable that goes to one target again and again.
func (c *checker) wrapped(x proxy) (analysis.Fix, bool) {
	if x.value.Parent().Kind() != syntax.ArgumentList || x.callable.Kind() == syntax.Lambda || !c.held(x) {
		return analysis.Fix{}, false
	}
	standing := !target(x.call).OK() || c.Unit.Flow.Origin(target(x.call)) == pyodide.Standing
	if x.runs != flow.Once && standing && x.callable.Kind() != syntax.Identifier {
		return analysis.Fix{}, false
	}
	fix, ok := c.Wrapper(x.call, x.keeper)
	if c.portable() || x.runs != flow.Once && c.nested(x.callable) {
		fix.Applicability = analysis.Unsafe // where there is no pyodide, or where each run registers another function
	}
	fix.Edits = append(fix.Edits, source.Edit{Span: x.value.Span(), New: x.callable.Text()})
	return fix, ok
}

// portable says whether the file takes proxies from PyScript and nothing from Pyodide: then it may run on
// MicroPython, too.
func (c *checker) portable() bool {
	pyscript := false
	for _, i := range c.Unit.Scopes.Imports() {
		if i.Module == "pyodide" || strings.HasPrefix(i.Module, "pyodide.") {
			return false
		}
		pyscript = pyscript || i.Module == "pyscript" || strings.HasPrefix(i.Module, "pyscript.")
	}
	return pyscript
}

// nested says whether a name stands for a function that is made anew with each call of the one around it.
func (c *checker) nested(callable syntax.Node) bool {
	name := c.Unit.Scopes.Lookup(callable)
	return callable.Kind() == syntax.Identifier && name != nil && name.Scope != c.Unit.Scopes.Module() &&
		name.Bindings[0].How == scope.ByFunction
}

// held says whether Python holds on to the target beyond the call. Its js_id, by which the wrapper knows it,
// is another one as soon as it was let go: "document.body" is a new object each time.
func (c *checker) held(x proxy) bool {
	on := target(x.call)
	if x.keeper.Handle || x.cycle {
		return true // a timer has its number; the callback holds what it refers to
	}
	if on.Kind() != syntax.Identifier {
		self, _ := c.Self(x.call)
		return self != nil && c.ofSelf(on, self)
	}
	name := c.Unit.Scopes.Lookup(on)
	if name == nil || len(name.Bindings) != 1 {
		return false
	}
	switch b := name.Bindings[0]; b.How {
	case scope.ByParameter:
		return true
	case scope.ByLoop:
		return false
	default:
		return name.Scope.Node != c.Unit.Scopes.Function(on) && !c.Unit.Flow.Repeats(b.Node)
	}
}

// calls is a word for what the proxy calls: the function's name, else the event's.
func (c *checker) calls(x proxy) string {
	switch x.callable.Kind() {
	case syntax.Identifier:
		return x.callable.Text()
	case syntax.Attribute:
		return strings.TrimLeft(x.callable.Child(syntax.FieldAttribute).Text(), "_")
	}
	if event, ok := syntax.Constant(analysis.Positional(x.call, 0)); ok && analysis.IsIdentifier(event) {
		return event
	}
	return "callback"
}
