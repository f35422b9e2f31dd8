// Package wrappermisuse finds calls of add_event_listener and remove_event_listener that can only fail.
package wrappermisuse

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed wrapper-misuse.md
var doc string

// Rule is wrapper-misuse.
var Rule = &analysis.Rule{
	Name: "wrapper-misuse", Group: analysis.Proxy, Severity: analysis.Error, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		if c.Name != pyodide.AddsListener && c.Name != pyodide.RemovesListener || p.Unit.Flow.Place(c.Node) == flow.OnHost {
			continue
		}
		arguments, all := flow.Arguments(c.Node)
		if len(arguments) < pyodide.WrapperArguments {
			continue
		}
		listener := arguments[pyodide.WrapperArguments-1]
		switch {
		case options(p, c, arguments, all), proxied(p, c, listener):
		case c.Name == pyodide.RemovesListener && !p.Unit.Flow.Expects(c.Node, "KeyError"):
			neverAdded(p, c, listener)
		}
	}
}

// options reports what neither of the two takes.
func options(p *analysis.Pass, c flow.Call, arguments []syntax.Node, all bool) bool {
	extra := syntax.Node{}
	for a := range c.Node.Child(syntax.FieldArguments).Children() {
		if a.Kind() == syntax.KeywordArgument && !pyodide.WrapperParameters[a.Child(syntax.FieldName).Text()] && !extra.OK() {
			extra = a
		}
	}
	if len(arguments) > pyodide.WrapperArguments {
		extra, all = arguments[pyodide.WrapperArguments], true
	}
	if !extra.OK() || !all && extra.Kind() != syntax.KeywordArgument {
		return false
	}
	p.Report(extra, 0, analysis.Finding{
		Message: fmt.Sprintf("%s takes no options, so this call is a TypeError and adds nothing", last(c.Name)),
		Fixes:   direct(p, c, arguments), Cause: analysis.Cause{Span: extra.Span(), Kind: "option"},
	})
	return true
}

func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// direct is the fix for a listener with "once", which destroys its proxy itself.
func direct(p *analysis.Pass, c flow.Call, arguments []syntax.Node) []analysis.Fix {
	target, listener := arguments[0], arguments[pyodide.WrapperArguments-1]
	option := listener.Next()
	if c.Name != pyodide.AddsListener || option.Text() != "once=True" || option.Next().OK() ||
		target.Kind() != syntax.Identifier && target.Kind() != syntax.Attribute {
		return nil
	}
	if _, ok := p.Unit.Flow.Callable(listener); !ok {
		return nil
	}
	name, edits := p.Use(c.Node, "pyodide.ffi", "create_once_callable")
	return []analysis.Fix{{
		Title: "Add it with addEventListener, in create_once_callable",
		Edits: append(edits,
			source.Edit{Span: source.Span{Start: c.Node.Span().Start, End: arguments[1].Span().Start}, New: target.Text() + ".addEventListener("},
			source.Edit{Span: listener.Span(), New: fmt.Sprintf("%s(%s)", name, listener.Text())}),
	}}
}

// proxied reports a proxy: the wrapper makes its own, and cannot find this one again.
func proxied(p *analysis.Pass, c flow.Call, listener syntax.Node) bool {
	made, ok := proxyOf(p, listener)
	if !ok || !made.Callable.OK() {
		return false
	}
	finding := analysis.Finding{
		Message: fmt.Sprintf("%s keeps listeners in a dict, and a proxy has no hash, so this is a TypeError", last(c.Name)),
		Cause:   analysis.Cause{Span: made.Value.Span(), Kind: "proxy"},
	}
	if made.Value == listener {
		finding.Fixes = []analysis.Fix{{
			Title: "Hand over the function itself", Edits: []source.Edit{{Span: listener.Span(), New: made.Callable.Text()}},
		}}
	} else {
		finding.Related = []analysis.Related{{Span: made.Value.Span(), Message: "where the proxy is made"}}
	}
	p.Report(listener, 0, finding)
	return true
}

// proxyOf is the proxy that an expression stands for, or the function that a decorator makes one of.
func proxyOf(p *analysis.Pass, listener syntax.Node) (made analysis.Proxied, ok bool) {
	definition := p.Unit.Flow.Definition(listener)
	if definition.Kind() != syntax.Identifier {
		return p.ProxyMade(definition)
	}
	name := p.Unit.Scopes.Lookup(definition)
	if name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByFunction {
		return made, false
	}
	decorator := name.Bindings[0].Node.Parent().First()
	if decorator.Kind() != syntax.Decorator {
		return made, false
	}
	return p.ProxyMade(decorator.First())
}

// neverAdded reports a listener that is made where it is to be removed: it is another one than was added.
func neverAdded(p *analysis.Pass, c flow.Call, listener syntax.Node) {
	made := listener
	if listener.Kind() == syntax.Identifier {
		made = local(p, c, listener)
	}
	switch {
	case made.Kind() == syntax.Lambda, made.Kind() == syntax.FunctionDefinition:
	case made.Kind() == syntax.Call && p.Unit.Scopes.Canonical(made.Child(syntax.FieldFunction)) == "functools.partial":
	default:
		return
	}
	finding := analysis.Finding{
		Message: "this is made anew each time and was never added, so remove_event_listener raises a KeyError and the listener stays",
		Cause:   analysis.Cause{Span: listener.Span(), Kind: "listener"},
	}
	if made != listener {
		finding.Related = []analysis.Related{{Span: made.Span(), Message: "where it is made"}}
	}
	p.Report(listener, 0, finding)
}

// local is what a name of the function around a call stands for, if nothing else is done with it there: no other use
// adds it, or keeps it to be added.
func local(p *analysis.Pass, c flow.Call, listener syntax.Node) syntax.Node {
	name := p.Unit.Scopes.Lookup(listener)
	if name == nil || len(name.Bindings) != 1 || name.Scope.Node.Kind() != syntax.FunctionDefinition ||
		name.Scope.Node != p.Unit.Scopes.Function(c.Node) || len(p.Unit.Scopes.References(name)) != 1 {
		return syntax.Node{}
	}
	switch b := name.Bindings[0]; b.How {
	case scope.ByFunction:
		if b.Node.Parent().Kind() != syntax.DecoratedDefinition { // what decorates it may add it
			return b.Node
		}
	case scope.ByAssignment:
		return b.Value
	}
	return syntax.Node{}
}
