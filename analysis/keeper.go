package analysis

import (
	"fmt"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Keeper is the JavaScript function that a call goes to if it keeps callbacks; lower is by how much a finding
// is less certain.
func (p *Pass) Keeper(call syntax.Node) (k pyodide.Keeper, lower int, ok bool) {
	c, _ := p.Unit.Flow.CallAt(call)
	if k, ok := pyodide.KeeperNamed(c.Path); ok {
		return k, 0, true
	}
	if c.Method == "" {
		return pyodide.Keeper{}, 0, false
	}
	k, ok = pyodide.KeeperMethod(c.Method)
	if !ok || c.Path != "" {
		return k, 0, ok
	}
	// Nothing is known of the receiver. The name alone will do if only the platform has it, the file has to
	// do with the bridge, and no class of the project has a method of that name.
	object := c.Object()
	ok = k.Own && p.Bridge() != flow.NoBridge && !p.View.Methods[k.Name] && !p.Unit.Flow.Python(object) &&
		!pyodide.Remote(p.Unit.Scopes.Canonical(object))
	return k, 1, ok
}

// Positional is the argument of a call at a position, as flow has it.
func Positional(call syntax.Node, position int) syntax.Node { return flow.Positional(call, position) }

// Wrapper is the fix that calls pyodide.ffi.wrappers in a keeper's place: it owns the proxy, so that somebody
// can remove the callback again. It has no place for options or further arguments, and gives another result.
func (p *Pass) Wrapper(call syntax.Node, keeper pyodide.Keeper) (Fix, bool) {
	function, arguments := call.Child(syntax.FieldFunction), call.Child(syntax.FieldArguments)
	first, second := Positional(call, 0), Positional(call, 1)
	if keeper.Wrapper == "" || call.Parent().Kind() != syntax.ExpressionStatement || !second.OK() || second.Next().OK() {
		return Fix{}, false
	}
	before := ""
	if keeper.Name == "addEventListener" {
		if function.Kind() != syntax.Attribute {
			return Fix{}, false
		}
		before = function.Child(syntax.FieldObject).Text() + ", "
	}
	name, edits := p.Use(call, "pyodide.ffi.wrappers", keeper.Wrapper)
	return Fix{
		Title: fmt.Sprintf("Use %s, which keeps the proxy", keeper.Wrapper),
		Edits: append(edits, source.Edit{
			Span: source.Span{Start: call.Span().Start, End: first.Span().Start}, New: name + "(" + before,
		}, source.Edit{Span: source.Span{Start: second.Span().End, End: arguments.Span().End}, New: ")"}),
	}, true
}
