package analysis

import (
	"fmt"
	"strings"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Owners are ways to give proxies an owner, for one rule at one unit: no two of its fixes take one name for two proxies.
type Owners struct {
	*Pass
	named map[string]bool
}

// Owners are the ways to give the proxies of the unit an owner.
func (p *Pass) Owners() *Owners { return &Owners{p, map[string]bool{}} }

// OfMethod keeps the proxy of a bound method, made once for each instance.
func (o *Owners) OfMethod(x Left) (Fix, bool) {
	fix, attribute, ok := o.InInit(x.Proxied)
	if !ok {
		return Fix{}, false
	}
	if x.Cycle && !o.inInit(x.Call) && len(fix.Edits) > 1 {
		fix.Applicability = Unsafe // what was made when it was needed is now made for each instance
	}
	return o.closing(fix, x, attribute)
}

// OnInstance keeps a proxy that __init__ makes as an attribute of the instance.
func (o *Owners) OnInstance(x Left) (Fix, bool) {
	self, class := o.Self(x.Call)
	statement, indent, whole := o.Statement(x.Value)
	if self == nil || !x.alone() || !o.inInit(x.Call) || !whole || statement.Kind() != syntax.ExpressionStatement ||
		x.Value.Parent().Kind() != syntax.ArgumentList || x.Callable.Kind() == syntax.Attribute {
		return Fix{}, false
	}
	if _, ok := o.InitOf(class); !ok {
		return Fix{}, false
	}
	attribute := "_" + calls(x) + "_proxy"
	if len(o.Unit.Scopes.AttributeTargets(attribute)) > 0 || !o.take(fmt.Sprint(class.ID(), attribute)) {
		return Fix{}, false
	}
	attribute = self.Text + "." + attribute
	fix := Fix{
		Title: fmt.Sprintf("Keep it as %s", attribute),
		Edits: []source.Edit{
			Insertion(statement.Span().Start, fmt.Sprintf("%s = %s%s%s", attribute, x.Value.Text(), o.Unit.LineEnd(), indent)),
			{Span: x.Value.Span(), New: attribute},
		},
	}
	if !o.Unit.Flow.Holds(x.Callable, self) {
		return fix, true
	}
	return o.closing(fix, x, attribute)
}

// take says whether a name is still to be had, and takes it.
func (o *Owners) take(name string) bool {
	taken := o.named[name]
	o.named[name] = true
	return !taken
}

// KeptAlive hands the proxy to the project's function that keeps proxies.
func (o *Owners) KeptAlive(x Left, keep KeepAlive) (Fix, bool) {
	function, edits, risk, ok := o.UseKeepAlive(x.Value, keep)
	if !ok {
		return Fix{}, false
	}
	fix := Fix{Title: "Keep it with " + keep.Name, Applicability: risk}
	statement, indent, whole := o.Statement(x.Value)
	named := x.Value.Parent().Kind() == syntax.Assignment
	switch {
	case keep.Returns:
		fix.Edits = append(edits, Insertion(x.Value.Span().Start, function+"("), Insertion(x.Value.Span().End, ")"))
		return fix, true
	case !whole || statement.Kind() != syntax.ExpressionStatement:
		return Fix{}, false
	case named:
		call := fmt.Sprintf("%s(%s)", function, x.Value.Parent().Child(syntax.FieldLeft).Text())
		fix.Edits = append(edits, Insertion(o.LineEnd(statement), o.Unit.LineEnd()+indent+call))
		return fix, true
	}
	name := calls(x) + "_proxy"
	if !o.Free(x.Value, name) || !o.take(name) {
		return Fix{}, false
	}
	next := o.Unit.LineEnd() + indent
	lines := fmt.Sprintf("%s = %s%s%s(%s)%s", name, x.Value.Text(), next, function, name, next)
	fix.Edits = append(edits, Insertion(statement.Span().Start, lines), source.Edit{Span: x.Value.Span(), New: name})
	return fix, true
}

// Wrapped uses Pyodide's own wrapper. It finds a proxy again by its callable and by the Python object that stands for
// the target, so it is of no use for a lambda, for a target that nothing in Python holds, nor for one callable that goes
// to one target again and again.
func (o *Owners) Wrapped(x Left) (Fix, bool) {
	if !x.alone() || x.Value.Parent().Kind() != syntax.ArgumentList || x.Callable.Kind() == syntax.Lambda || !o.held(x) {
		return Fix{}, false
	}
	standing := !x.Target().OK() || o.Unit.Flow.Origin(x.Target()) == pyodide.Standing
	if x.Runs != flow.Once && standing && x.Callable.Kind() != syntax.Identifier {
		return Fix{}, false
	}
	fix, ok := o.Wrapper(x.Call, x.Keeper)
	if o.portable() || x.Runs != flow.Once && o.nested(x.Callable) {
		fix.Applicability = Unsafe // where there is no pyodide, or where each run registers another function
	}
	fix.Edits = append(fix.Edits, source.Edit{Span: x.Value.Span(), New: x.Callable.Text()})
	return fix, ok
}

// portable says whether the file takes proxies from PyScript and nothing from Pyodide: then it may run on MicroPython,
// too.
func (o *Owners) portable() bool {
	pyscript := false
	for _, i := range o.Unit.Scopes.Imports() {
		if i.Module == "pyodide" || strings.HasPrefix(i.Module, "pyodide.") {
			return false
		}
		pyscript = pyscript || i.Module == "pyscript" || strings.HasPrefix(i.Module, "pyscript.")
	}
	return pyscript
}

// nested says whether a name stands for a function that is made anew with each call of the one around it.
func (o *Owners) nested(callable syntax.Node) bool {
	name := o.Unit.Scopes.Lookup(callable)
	return callable.Kind() == syntax.Identifier && name != nil && name.Scope != o.Unit.Scopes.Module() &&
		name.Bindings[0].How == scope.ByFunction
}

// held says whether Python holds on to the target beyond the call. Its js_id, by which the wrapper knows it, is another
// one as soon as it was let go: "document.body" is a new object each time.
func (o *Owners) held(x Left) bool {
	on := x.Target()
	if x.Keeper.Handle || x.Cycle {
		return true // a timer has its number; the callback holds what it refers to
	}
	if on.Kind() != syntax.Identifier {
		self, _ := o.Self(x.Call)
		return self != nil && o.OfSelf(on, self)
	}
	name := o.Unit.Scopes.Lookup(on)
	if name == nil || len(name.Bindings) != 1 {
		return false
	}
	switch b := name.Bindings[0]; b.How {
	case scope.ByParameter:
		return true
	case scope.ByLoop:
		return false
	default:
		return name.Scope.Node != o.Unit.Scopes.Function(on) && !o.Unit.Flow.Repeats(b.Node)
	}
}

// calls is a word for what the proxy calls: the function's name, else the event's.
func calls(x Left) string {
	switch x.Callable.Kind() {
	case syntax.Identifier:
		return x.Callable.Text()
	case syntax.Attribute:
		return strings.TrimLeft(x.Callable.Child(syntax.FieldAttribute).Text(), "_")
	}
	if event, ok := syntax.Constant(Positional(x.Call, 0)); ok && IsIdentifier(event) {
		return event
	}
	return "callback"
}
