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

// Proxied is a proxy that the text makes of a callable.
type Proxied struct {
	Value    syntax.Node // the call of create_proxy, or the decorator's expression
	Callable syntax.Node // no node where it is not to be seen
	Once     bool        // it is gone after one call
	Held     bool        // what makes it keeps it as well
}

// ProxyMade is the proxy that an expression makes.
func (p *Pass) ProxyMade(value syntax.Node) (made Proxied, ok bool) {
	if decorator := value.Parent(); decorator.Kind() == syntax.Decorator {
		maker, ok := pyodide.ProxyMakers[p.Unit.Scopes.Canonical(value)]
		return Proxied{value, decorator.Parent().Child(syntax.FieldDefinition), maker.Once, maker.Held}, ok
	}
	c, _ := p.Unit.Flow.CallAt(value)
	maker, ok := pyodide.ProxyMakers[c.Name]
	return Proxied{value, Positional(value, 0), maker.Once, maker.Held}, ok
}

// ProxyOf is the proxy that an expression stands for, through names and the project's function that keeps proxies.
func (p *Pass) ProxyOf(n syntax.Node) (made Proxied, ok bool) {
	from := p.Unit.Flow.Definition(n)
	c, _ := p.Unit.Flow.CallAt(from)
	if keep, ok := p.KeepsAlive(c); ok && keep.Returns {
		from = p.Unit.Flow.Definition(Positional(from, 0))
	}
	return p.ProxyMade(from)
}

// Proxies are the proxies that the text makes, in its order but for decorators, which come last.
func (p *Pass) Proxies() []Proxied { return p.proxies() }

func (p *Pass) readProxies() []Proxied {
	var all []Proxied
	for _, c := range p.Unit.Flow.Calls() {
		if maker, ok := pyodide.ProxyMakers[c.Name]; ok {
			all = append(all, Proxied{c.Node, Positional(c.Node, 0), maker.Once, maker.Held})
		}
	}
	for d := range p.Unit.Tree.Of(syntax.Decorator) {
		if made, ok := p.ProxyMade(d.First()); ok && d.First().Kind() != syntax.Call {
			all = append(all, made)
		}
	}
	return all
}

// alone says whether the maker is given the callable and nothing else.
func (x Proxied) alone() bool {
	return x.Value.Kind() == syntax.Call && x.Callable.OK() && !x.Callable.Next().OK()
}

// Beside is the fix that makes one proxy of a function of the module, where the function stands, and the name that it
// then has. To add that again where it is already does nothing.
func (p *Pass) Beside(x Proxied) (fix Fix, name string, ok bool) {
	of := p.Unit.Scopes.Lookup(x.Callable)
	if !x.alone() || x.Callable.Kind() != syntax.Identifier || of == nil || of.Scope != p.Unit.Scopes.Module() ||
		len(of.Bindings) != 1 || of.Bindings[0].How != scope.ByFunction || p.Bridge() != flow.Bare {
		return Fix{}, "", false
	}
	definition := of.Bindings[0].Node
	for definition.Parent().Kind() == syntax.DecoratedDefinition {
		definition = definition.Parent()
	}
	if definition.Parent().Kind() != syntax.Module || !p.makerBefore(x.Value, definition) {
		return Fix{}, "", false
	}
	shared := x.Callable.Text() + "_proxy"
	line := fmt.Sprintf("%s = %s", shared, x.Value.Text())
	fix = Fix{
		Title: fmt.Sprintf("Make one proxy of %s, beside it", x.Callable.Text()),
		Edits: []source.Edit{{Span: x.Value.Span(), New: shared}},
	}
	if !p.Free(x.Value, shared) {
		there := p.Unit.Scopes.Module().Name(shared)
		made := there != nil && len(there.Bindings) == 1 && there.Bindings[0].Node.Parent().Text() == line
		return fix, shared, made && p.Sees(x.Value, shared)
	}
	fix.Edits = append(fix.Edits, Insertion(p.LineEnd(definition), strings.Repeat(p.Unit.LineEnd(), 3)+line))
	return fix, shared, true
}

// makerBefore says whether the name that create_proxy is called by is imported at the top level, before a node.
func (p *Pass) makerBefore(value, n syntax.Node) bool {
	root := value.Child(syntax.FieldFunction)
	for root.Kind() == syntax.Attribute {
		root = root.Child(syntax.FieldObject)
	}
	name := p.Unit.Scopes.Lookup(root)
	return name != nil && name.Scope == p.Unit.Scopes.Module() && len(name.Bindings) == 1 && name.Bindings[0].Node.ID() < n.ID()
}

// InInit is the fix that makes the proxy of a bound method once for each instance, at the head of __init__, and the
// attribute that then holds it.
func (p *Pass) InInit(x Proxied) (fix Fix, attribute string, ok bool) {
	self, class := p.Self(x.Value)
	object, method := x.Callable.Child(syntax.FieldObject), x.Callable.Child(syntax.FieldAttribute).Text()
	if self == nil || !x.alone() || x.Callable.Kind() != syntax.Attribute || p.Unit.Scopes.Lookup(object) != self ||
		!p.Unit.Flow.Holds(x.Callable, self) {
		return Fix{}, "", false
	}
	init, ok := p.InitOf(class)
	if !ok || !p.makerBefore(x.Value, class) || scope.Parameters(init)[0].Text() != object.Text() {
		return Fix{}, "", false
	}
	attribute = fmt.Sprintf("%s._%s_proxy", object.Text(), strings.TrimLeft(method, "_"))
	line := fmt.Sprintf("%s = %s", attribute, x.Value.Text())
	fix = Fix{
		Title: fmt.Sprintf("Keep it as %s", attribute),
		Edits: []source.Edit{{Span: x.Value.Span(), New: attribute}},
	}
	if there := p.Unit.Scopes.AttributeTargets(attribute[len(object.Text())+1:]); len(there) > 0 {
		return fix, attribute, len(there) == 1 && init.Holds(there[0]) && there[0].Parent().Text() == line
	}
	at := firstOwn(init)
	_, indent, whole := p.Statement(at)
	fix.Edits = append(fix.Edits, Insertion(at.Span().Start, line+p.Unit.LineEnd()+indent))
	return fix, attribute, whole
}

// Self is the name of the instance in the method around a node, in whatever functions the node stands, and its class;
// nil if there is none.
func (p *Pass) Self(n syntax.Node) (*scope.Name, syntax.Node) {
	method := p.Method(n)
	parameters := scope.Parameters(method)
	if len(parameters) == 0 || method.Parent().Kind() == syntax.DecoratedDefinition {
		return nil, syntax.Node{}
	}
	return p.Unit.Scopes.Opened(method).Name(parameters[0].Text()), scope.Class(method)
}

// Method is the method around a node, in whatever functions the node stands.
func (p *Pass) Method(n syntax.Node) syntax.Node {
	for s := p.Unit.Scopes.At(n); s != nil; s = s.Outer {
		if s.Node.Kind() == syntax.FunctionDefinition && scope.Class(s.Node).OK() {
			return s.Node
		}
	}
	return syntax.Node{}
}

// InitOf is the __init__ of a class that can hold further attributes.
func (p *Pass) InitOf(class syntax.Node) (syntax.Node, bool) {
	own := p.Unit.Scopes.Opened(class)
	init := own.Name("__init__")
	if init == nil || len(init.Bindings) != 1 || init.Bindings[0].How != scope.ByFunction || own.Name("__slots__") != nil {
		return syntax.Node{}, false
	}
	return init.Bindings[0].Node, len(scope.Parameters(init.Bindings[0].Node)) > 0
}

// firstOwn is the first statement of a function that is neither its docstring nor the call of its base's.
func firstOwn(function syntax.Node) syntax.Node {
	var first syntax.Node
	for s := range function.Child(syntax.FieldBody).Children() {
		first = s
		if s.First().Kind() != syntax.String && !strings.HasPrefix(s.Text(), "super().__init__(") {
			break
		}
	}
	return first
}

// LineEnd is where the last line of a node ends.
func (p *Pass) LineEnd(n syntax.Node) int {
	text := p.Unit.Source
	return text.LineSpan(text.LineOf(n.Span().End)).End
}

// Insertion is the edit that writes a text where nothing stands yet.
func Insertion(at int, text string) source.Edit {
	return source.Edit{Span: source.Span{Start: at, End: at}, New: text}
}
