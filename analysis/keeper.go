package analysis

import (
	"cmp"
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
	known, ok := p.keepers()[call.ID()]
	return known.is, known.lower, ok
}

func (p *Pass) keeperOf(c flow.Call) (k pyodide.Keeper, lower int, ok bool) {
	if k, ok := p.Unit.Flow.Added().KeeperNamed(cmp.Or(c.Path, c.Name)); ok {
		return k, 0, true
	}
	if c.Method == "" {
		return pyodide.Keeper{}, 0, false
	}
	if k, ok = p.Unit.Flow.Added().KeeperMethod(c.Method); !ok {
		return k, 0, false
	}
	lower, ok = p.platforms(c, k.Own, k.Name)
	return k, lower, ok
}

// Passings are what the function of a call passes to its callbacks; lower is by how much a finding is less certain.
func (p *Pass) Passings(c flow.Call) (all []pyodide.Passing, lower int) {
	known := p.passings()[c.Node.ID()]
	return known.is, known.lower
}

func (p *Pass) passingsOf(c flow.Call) (all []pyodide.Passing, lower int, ok bool) {
	if all = p.Unit.Flow.Passings(c); all != nil || c.Path != "" || c.Method == "" {
		return all, 0, all != nil
	}
	if keeper, lower, ok := p.Keeper(c.Node); ok {
		return pyodide.Passings("js." + keeper.Name), lower, true
	}
	return nil, 0, false
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

// Callbacks are what the JavaScript that a call goes to does with what it is given; lower is by how much a finding
// is less certain. There are none where that is not known.
func (p *Pass) Callbacks(c flow.Call) (all []pyodide.Callback, lower int) {
	known := p.callbacks()[c.Node.ID()]
	return known.is, known.lower
}

func (p *Pass) callbacksOf(c flow.Call) (all []pyodide.Callback, lower int, ok bool) {
	if all := p.Unit.Flow.Added().CallbacksAt(cmp.Or(c.Path, c.Name)); all != nil || c.Method == "" {
		return all, 0, all != nil
	}
	if all = p.Unit.Flow.Added().CallbacksNamed(c.Method); all == nil {
		return nil, 0, false
	}
	lower, ok = p.platforms(c, all[0].Own, c.Method)
	return all, lower, ok
}

// Given is a value that a call hands to JavaScript, and what that does with it.
type Given struct {
	Value    syntax.Node
	Kind     string // what it is, as flow.Proxied has it
	Callback pyodide.Callback
	Named    bool // it is a member of options: a keyword
}

// GivenTo are the values that a call hands over as bare Python objects, where it is known what JavaScript does with them.
func (p *Pass) GivenTo(call syntax.Node, all []pyodide.Callback) (given []Given) {
	add := func(k pyodide.Callback, value syntax.Node, named bool) {
		if kind := p.Unit.Flow.Proxied(value); kind != "" {
			given = append(given, Given{value, kind, k, named})
		}
	}
	for x := range flow.Passes(call) {
		for _, k := range all {
			if x.Keyword == "" {
				if k.Takes(x.Position) {
					add(k, x.Value, false)
				}
				continue
			}
			// All keywords are one object, which is the last argument.
			if at, ok := k.Member(x.Keyword); ok && at == x.Position || k.Does == pyodide.Stores && k.Takes(x.Position) {
				add(k, x.Value, true)
			}
		}
	}
	return given
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

// Owned is the fix that makes a proxy of a value that a call is given: under a name, by which it can be destroyed, where
// there is a line for that.
func (p *Pass) Owned(call, value syntax.Node) Fix {
	maker, edits := p.Use(call, "pyodide.ffi", "create_proxy")
	made := maker + "(" + value.Text() + ")"
	statement, indent, whole := p.Statement(call)
	name := proxyName(value)
	if name == "" || !whole || !simple[statement.Kind()] || !p.Free(call, name) || p.Unit.Scopes.At(value) != p.Unit.Scopes.At(statement) {
		return Fix{Title: "Wrap it in create_proxy", Edits: append(edits, source.Edit{Span: value.Span(), New: made})}
	}
	start := statement.Span().Start
	return Fix{Title: "Keep a proxy of it as " + name, Edits: append(edits,
		source.Edit{Span: source.Span{Start: start, End: start}, New: name + " = " + made + p.Unit.LineEnd() + indent},
		source.Edit{Span: value.Span(), New: name})}
}

// simple are the statements of which nothing runs before all of their expressions are evaluated.
var simple = map[syntax.Kind]bool{syntax.ExpressionStatement: true, syntax.ReturnStatement: true}

// proxyName is what a proxy of a value is called: "draw_proxy" for "self.draw".
func proxyName(value syntax.Node) string {
	switch value.Kind() {
	case syntax.Identifier:
		return value.Text() + "_proxy"
	case syntax.Attribute:
		return value.Child(syntax.FieldAttribute).Text() + "_proxy"
	}
	return ""
}
