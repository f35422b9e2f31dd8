package analysis

import (
	"fmt"
	"strings"

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
	if k, ok = pyodide.KeeperMethod(c.Method); !ok {
		return k, 0, false
	}
	lower, ok = p.platforms(c, k.Own, k.Name)
	return k, lower, ok
}

// Passings are what the function of a call passes to its callbacks; lower is by how much a finding is less certain.
func (p *Pass) Passings(c flow.Call) (passings []pyodide.Passing, lower int) {
	if passings = p.Unit.Flow.Passings(c); passings != nil || c.Path != "" || c.Method == "" {
		return passings, 0
	}
	if keeper, lower, ok := p.Keeper(c.Node); ok {
		return pyodide.Passings("js." + keeper.Name), lower
	}
	return nil, 0
}

// Remover is the JavaScript method that a call goes to if it takes callbacks back; lower is as for Keeper.
func (p *Pass) Remover(c flow.Call) (r pyodide.Remover, lower int, ok bool) {
	method := c.Method
	if method == "" { // "from js import removeEventListener"
		method, _ = strings.CutPrefix(c.Path, "js.")
	}
	if r, ok = pyodide.RemoverMethod(method); !ok {
		return r, 0, false
	}
	lower, ok = p.platforms(c, r.Own, r.Adds)
	return r, lower, ok
}

// platforms says whether a method is the platform's. Where nothing is known of the receiver the name alone will do if
// only the platform has it, the file has to do with the bridge, and no class of the project has a method of that name.
func (p *Pass) platforms(c flow.Call, own bool, name string) (lower int, ok bool) {
	if c.Path != "" {
		return 0, true
	}
	object := c.Object()
	return 1, own && p.Bridge() != flow.NoBridge && !p.View.Methods[name] && !p.Unit.Flow.Python(object) &&
		!pyodide.Remote(p.Unit.Scopes.Canonical(object))
}

// Positional is the argument of a call at a position, as flow has it.
func Positional(call syntax.Node, position int) syntax.Node { return flow.Positional(call, position) }

// Ends says whether something of a call that adds a callback may end it: its result, or an option.
func Ends(call syntax.Node, keeper pyodide.Keeper) bool {
	if keeper.Handle {
		return call.Parent().Kind() != syntax.ExpressionStatement
	}
	i := 0
	for a := range call.Child(syntax.FieldArguments).Children() {
		switch {
		case a.Kind() == syntax.KeywordArgument:
			if name := a.Child(syntax.FieldName).Text(); name != "capture" && name != "passive" {
				return true
			}
		case i > 1 && a.Kind() != syntax.True && a.Kind() != syntax.False:
			return true
		}
		i++
	}
	return false
}

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
