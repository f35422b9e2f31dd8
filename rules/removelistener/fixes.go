package removelistener

import (
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// fixes have the removal get what the addition got, where one proxy can be had by both.
func fixes(p *analysis.Pass, x removal, a addition) []analysis.Fix {
	if a.wrapped {
		return unwrapped(p, x)
	}
	if made, ok := p.ProxyMade(a.argument); ok {
		return shared(p, x, made)
	}
	if !p.SeesToo(x.argument, a.argument) {
		return nil
	}
	return []analysis.Fix{{
		Title: fmt.Sprintf("Remove %s, which is what the listener has", a.argument.Text()),
		Edits: []source.Edit{{Span: x.argument.Span(), New: a.argument.Text()}},
	}}
}

// shared makes one proxy for both: beside the function, on self, or above the addition.
func shared(p *analysis.Pass, x removal, made analysis.Proxied) []analysis.Fix {
	if fix, ok := onSelf(p, x, made); ok {
		return []analysis.Fix{fix}
	}
	for _, owner := range []func(analysis.Proxied) (analysis.Fix, string, bool){p.Beside, above(p, x)} {
		if fix, name, ok := owner(made); ok && (p.Free(x.argument, name) || p.Sees(x.argument, name)) {
			fix.Edits = append(fix.Edits, source.Edit{Span: x.argument.Span(), New: name})
			return []analysis.Fix{fix}
		}
	}
	return nil
}

// onSelf keeps the proxy of a bound method on the object from the addition on, and destroys it behind the removal.
func onSelf(p *analysis.Pass, x removal, made analysis.Proxied) (analysis.Fix, bool) {
	added, indent, whole := p.Statement(made.Value)
	removed, margin, also := p.Statement(x.argument)
	object, method := made.Callable.Child(syntax.FieldObject), made.Callable.Child(syntax.FieldAttribute).Text()
	if !whole || !also || x.call.Node.Parent() != removed || !object.OK() || !p.SeesToo(x.argument, made.Callable) {
		return analysis.Fix{}, false
	}
	name := "_" + strings.TrimLeft(method, "_") + "_proxy"
	if len(p.Unit.Scopes.AttributeTargets(name)) > 0 {
		return analysis.Fix{}, false
	}
	attribute, next := object.Text()+"."+name, p.Unit.LineEnd()
	return analysis.Fix{
		Title: fmt.Sprintf("Keep it as %s", attribute),
		Edits: []source.Edit{
			analysis.Insertion(added.Span().Start, fmt.Sprintf("%s = %s%s%s", attribute, made.Value.Text(), next, indent)),
			{Span: made.Value.Span(), New: attribute},
			{Span: x.argument.Span(), New: attribute},
			analysis.Insertion(p.LineEnd(removed), next+margin+attribute+".destroy()"),
		},
	}, true
}

// above names the proxy in a line of its own above the addition, in whose block the removal stands further down.
func above(p *analysis.Pass, x removal) func(analysis.Proxied) (analysis.Fix, string, bool) {
	return func(made analysis.Proxied) (analysis.Fix, string, bool) {
		statement, indent, whole := p.Statement(made.Value)
		name := made.Callable.Text() + "_proxy"
		if !whole || made.Callable.Kind() != syntax.Identifier || !p.Free(made.Value, name) || !p.Free(x.argument, name) ||
			!statement.Parent().Holds(x.argument) || statement.ID() > x.argument.ID() {
			return analysis.Fix{}, "", false
		}
		line := fmt.Sprintf("%s = %s%s%s", name, made.Value.Text(), p.Unit.LineEnd(), indent)
		return analysis.Fix{
			Title: "Keep one proxy for both",
			Edits: []source.Edit{analysis.Insertion(statement.Span().Start, line), {Span: made.Value.Span(), New: name}},
		}, name, true
	}
}

// unwrapped calls the wrapper that belongs to the one that added the listener. It fails for an object of which Python
// has let go in the meantime.
func unwrapped(p *analysis.Pass, x removal) []analysis.Fix {
	if x.call.Node.Parent().Kind() != syntax.ExpressionStatement || x.argument.Next().OK() || !x.call.Object().OK() {
		return nil
	}
	name, edits := p.Use(x.call.Node, "pyodide.ffi.wrappers", "remove_event_listener")
	event := analysis.Positional(x.call.Node, 0)
	call := fmt.Sprintf("%s(%s, %s, %s)", name, x.call.Object().Text(), event.Text(), x.callable.Text())
	return []analysis.Fix{{
		Title: "Use remove_event_listener, which finds the proxy", Applicability: analysis.Unsafe,
		Edits: append(edits, source.Edit{Span: x.call.Node.Span(), New: call}),
	}}
}
