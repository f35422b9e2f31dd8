// Package barecallback finds Python callables that JavaScript keeps after their proxy is gone.
package barecallback

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed bare-callback.md
var doc string

// Rule is bare-callback.
var Rule = &analysis.Rule{
	Name: "bare-callback", Group: analysis.Proxy, Severity: analysis.Error, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	if p.Project.AutoProxies {
		return
	}
	for call := range p.File.Tree.Of(syntax.Call) {
		keeper, lower, ok := keeperOf(p, call.Child(syntax.FieldFunction))
		if !ok {
			continue
		}
		for _, position := range keeper.Callback {
			report(p, call, keeper, position, lower)
		}
	}
}

// keeperOf is the JavaScript function that a call goes to if it keeps callbacks; lower is by how much the
// finding is less certain.
func keeperOf(p *analysis.Pass, function syntax.Node) (k pyodide.Keeper, lower int, ok bool) {
	path, js := p.File.Flow.JavaScript(function)
	if k, ok := pyodide.KeeperNamed(path); ok {
		return k, 0, true
	}
	if function.Kind() != syntax.Attribute {
		return pyodide.Keeper{}, 0, false
	}
	k, ok = pyodide.KeeperMethod(function.Child(syntax.FieldAttribute).Text())
	if !ok || js {
		return k, 0, ok
	}
	// Nothing is known of the receiver. The name alone will do if only the platform has it, the file has to
	// do with the bridge, and no class of the project has a method of that name.
	object := function.Child(syntax.FieldObject)
	certain := k.Own && p.Bridge() != flow.NoBridge && !p.Project.Methods[k.Name] && !p.File.Flow.Python(object) &&
		!pyodide.Remote(p.File.Scopes.Canonical(object))
	return k, 1, certain
}

func report(p *analysis.Pass, call syntax.Node, keeper pyodide.Keeper, position, lower int) {
	argument := analysis.Positional(call, position)
	callable, ok := p.File.Flow.Callable(argument)
	if !ok || p.File.Flow.Place(call) == flow.OnHost {
		return
	}
	finding := analysis.Finding{
		Message: fmt.Sprintf("this callback is destroyed when %s returns, so it is gone %s", keeper.Name, keeper.When),
		Fixes:   fixes(p, call, argument, keeper),
		Cause:   analysis.Cause{Span: argument.Span(), Kind: "callback"},
	}
	if callable.Def.OK() && callable.Def.Kind() == syntax.FunctionDefinition {
		finding.Related = []analysis.Related{{
			Span:    callable.Def.Child(syntax.FieldName).Span(),
			Message: "the Python function, for which each call makes a proxy of its own",
		}}
	}
	p.Report(argument, lower, finding)
}

func fixes(p *analysis.Pass, call, argument syntax.Node, keeper pyodide.Keeper) []analysis.Fix {
	maker := "create_proxy"
	if keeper.Calls == pyodide.Once {
		maker = "create_once_callable"
	}
	name, edits := p.Use(call, "pyodide.ffi", maker)
	proxied := analysis.Fix{
		Title: fmt.Sprintf("Wrap it in %s", maker),
		Edits: append(edits,
			source.Edit{Span: source.Span{Start: argument.Span().Start, End: argument.Span().Start}, New: name + "("},
			source.Edit{Span: source.Span{Start: argument.Span().End, End: argument.Span().End}, New: ")"}),
	}
	if wrapped, ok := wrapper(p, call, keeper); ok {
		return []analysis.Fix{wrapped, proxied}
	}
	return []analysis.Fix{proxied}
}

// wrapper is the fix that calls pyodide.ffi.wrappers instead: it owns the proxy, so that somebody can remove
// the callback again. It has no place for options or further arguments, and gives another result.
func wrapper(p *analysis.Pass, call syntax.Node, keeper pyodide.Keeper) (analysis.Fix, bool) {
	function, arguments := call.Child(syntax.FieldFunction), call.Child(syntax.FieldArguments)
	first, second := analysis.Positional(call, 0), analysis.Positional(call, 1)
	if keeper.Wrapper == "" || call.Parent().Kind() != syntax.ExpressionStatement || !second.OK() || second.Next().OK() {
		return analysis.Fix{}, false
	}
	before := ""
	if keeper.Name == "addEventListener" {
		if function.Kind() != syntax.Attribute {
			return analysis.Fix{}, false
		}
		before = function.Child(syntax.FieldObject).Text() + ", "
	}
	name, edits := p.Use(call, "pyodide.ffi.wrappers", keeper.Wrapper)
	return analysis.Fix{
		Title: fmt.Sprintf("Use %s, which keeps the proxy", keeper.Wrapper),
		Edits: append(edits, source.Edit{
			Span: source.Span{Start: call.Span().Start, End: first.Span().Start}, New: name + "(" + before,
		}, source.Edit{Span: source.Span{Start: second.Span().End, End: arguments.Span().End}, New: ")"}),
	}, true
}
