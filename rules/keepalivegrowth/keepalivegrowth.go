// Package keepalivegrowth finds proxies that are kept for good, one more with every event or frame.
package keepalivegrowth

import (
	_ "embed"
	"fmt"
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed keep-alive-growth.md
var doc string

// Rule is keep-alive-growth.
var Rule = &analysis.Rule{
	Name: "keep-alive-growth", Group: analysis.Proxy, Severity: analysis.Warning, Doc: doc,
	Yields: []string{"ref-cycle", "remove-listener", "early-destroy"}, Evidence: analysis.StillThere, Check: check,
}

// keeping is the call that keeps a proxy for good, and what keeps it in the user's words.
type keeping struct {
	call syntax.Node
	by   string
	// gives says that the call gives the proxy back.
	gives bool
}

func check(p *analysis.Pass) {
	if p.View.AutoProxies || p.PerhapsMicroPython() {
		return
	}
	for _, made := range p.Proxies() {
		k, ok := keeps(p, made)
		if !ok || made.Once || made.Held || !p.Unit.Flow.Recurs(made.Value) || !p.Unit.Flow.Recurs(k.call) {
			continue
		}
		p.Report(made.Value, 0, analysis.Finding{
			Message: fmt.Sprintf("%s keeps this proxy for good, and each %s adds one more", k.by, turn(p, made.Value)),
			Fixes:   fixes(p, made, k),
			Related: []analysis.Related{{Span: k.call.Span(), Message: "kept here"}},
			Cause:   analysis.Cause{Span: made.Value.Span(), Kind: "proxy"},
		})
	}
}

// turn is what happens again and again, in the user's words.
func turn(p *analysis.Pass, value syntax.Node) string {
	switch function := p.Unit.Scopes.Function(value); function.Kind() {
	case syntax.FunctionDefinition:
		return "call of " + function.Child(syntax.FieldName).Text()
	case syntax.Lambda:
		return "call of this lambda"
	}
	return "turn of the loop"
}

// keeps is what keeps a proxy for as long as the page lives, if nothing of the text can take it out again.
func keeps(p *analysis.Pass, made analysis.Proxied) (k keeping, ok bool) {
	ofModule := false
	for _, u := range p.Unit.Flow.Goes(made.Value) {
		c, _ := p.Unit.Flow.CallAt(u.At)
		switch u.Becomes {
		case flow.Argument:
			alive, keeps := p.KeepsAlive(c)
			_, _, kept := p.Keeper(u.At)
			switch {
			case keeps:
				k, ok, ofModule = keeping{u.At, alive.Name, alive.Returns}, true, true
			case !kept && c.Path == "":
				return k, false // which may destroy it
			}
		case flow.Contained:
			k, ok = keeping{call: u.At, by: u.Into.Text()}, grows(c, u.At)
		case flow.OfModule:
			if !u.Inside || !p.OnlyGrows(u.At) {
				return k, false
			}
			ofModule = true
		case flow.Tested, flow.Asked, flow.Called, flow.Captured:
		default:
			return k, false
		}
	}
	return k, ok && ofModule
}

// grows says whether what puts a proxy into a container makes that longer each time. An item takes the place of the one
// before.
func grows(c flow.Call, at syntax.Node) bool {
	return c.Method != "setdefault" && pyodide.ContainerStores[c.Method] || pyodide.ContainerJoins[c.Method] && c.Method != "update" ||
		at.Kind() == syntax.AugmentedAssignment
}

// fixes have one proxy made, or one that destroys itself where it is called a single time.
func fixes(p *analysis.Pass, made analysis.Proxied, k keeping) []analysis.Fix {
	if made.Value.Parent().Parent() != k.call || !k.gives {
		return nil
	}
	keeper, _, ok := p.Keeper(k.call.Parent().Parent())
	if ok && keeper.Calls == pyodide.Once && slices.ContainsFunc(keeper.Callback, func(i int) bool {
		return analysis.Positional(k.call.Parent().Parent(), i) == k.call
	}) {
		name, edits := p.Use(made.Value, "pyodide.ffi", "create_once_callable")
		call := source.Edit{Span: k.call.Span(), New: fmt.Sprintf("%s(%s)", name, made.Callable.Text())}
		return []analysis.Fix{{Title: "Make a once-callable, which destroys itself", Edits: append(edits, call)}}
	}
	fix, _, ok := p.Beside(made)
	if !ok {
		return nil
	}
	fix.Edits[0].Span = k.call.Span()
	return []analysis.Fix{fix}
}
