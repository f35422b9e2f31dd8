package barecallback

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

// fixes give the callable a proxy that has an owner: Pyodide's wrapper, a name, or itself, if it is called once. A
// proxy without an owner is the next mistake, so that it is offered only where there is no other way.
func fixes(p *analysis.Pass, call, argument syntax.Node, keeper pyodide.Keeper) []analysis.Fix {
	if keeper.Calls == pyodide.Once {
		return []analysis.Fix{inline(p, call, argument, "create_once_callable")}
	}
	var all []analysis.Fix
	if wrapped, ok := p.Wrapper(call, keeper); ok {
		all = append(all, wrapped)
	}
	if kept, ok := kept(p, call, argument); ok {
		all = append(all, kept)
	}
	if len(all) == 0 || opaque(argument) { // the others write it anew, or what stands before it
		all = append(all, inline(p, call, argument, "create_proxy"))
	}
	return all
}

func inline(p *analysis.Pass, call, argument syntax.Node, maker string) analysis.Fix {
	name, edits := p.Use(call, "pyodide.ffi", maker)
	return analysis.Fix{
		Title: fmt.Sprintf("Wrap it in %s", maker),
		Edits: append(edits, insert(argument.Span().Start, name+"("), insert(argument.Span().End, ")")),
	}
}

// kept gives the proxy a name that outlives the call: of the module, for code that runs once at its top level, or of
// the object whose method it calls.
func kept(p *analysis.Pass, call, argument syntax.Node) (analysis.Fix, bool) {
	statement, indent, whole := p.Statement(call)
	owner, ok := keptAs(p, call, argument)
	if !ok || opaque(argument) || !whole || statement.Kind() != syntax.ExpressionStatement || p.Unit.Flow.Repeats(call) {
		return analysis.Fix{}, false
	}
	name, edits := p.Use(call, "pyodide.ffi", "create_proxy")
	line := fmt.Sprintf("%s = %s(%s)%s%s", owner, name, argument.Text(), p.Unit.LineEnd(), indent)
	return analysis.Fix{
		Title: fmt.Sprintf("Keep a proxy of it as %s", owner),
		Edits: append(edits, insert(statement.Span().Start, line), source.Edit{Span: argument.Span(), New: owner}),
	}, true
}

// opaque says whether a script fills in something of a text, which cannot be written elsewhere.
func opaque(n syntax.Node) bool { return strings.Contains(n.Text(), source.Placeholder) }

// keptAs is a free name for the proxy, and where it lasts; ok is false where there is none.
func keptAs(p *analysis.Pass, call, argument syntax.Node) (owner string, ok bool) {
	scopes := p.Unit.Scopes
	if argument.Kind() == syntax.Attribute {
		object, function := argument.Child(syntax.FieldObject), scopes.Function(call)
		attribute := fmt.Sprintf("_%s_proxy", strings.TrimLeft(argument.Child(syntax.FieldAttribute).Text(), "_"))
		parameters := scope.Parameters(function)
		if scope.Class(function).OK() && len(parameters) > 0 && parameters[0].Text() == object.Text() {
			return object.Text() + "." + attribute, len(scopes.AttributeTargets(attribute)) == 0 && p.Unit.Flow.Runs(call) != flow.Again
		}
	}
	name := "callback_proxy"
	if argument.Kind() == syntax.Identifier {
		name = argument.Text() + "_proxy"
	} else if event, ok := syntax.Constant(analysis.Positional(call, 0)); ok && analysis.IsIdentifier(event) {
		name = event + "_proxy"
	}
	return name, scopes.At(call) == scopes.Module() && p.Free(call, name)
}

func insert(at int, text string) source.Edit {
	return source.Edit{Span: source.Span{Start: at, End: at}, New: text}
}
