// Package nosocket finds calls that want a socket, of which there is none in a browser.
package nosocket

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

//go:embed no-socket.md
var doc string

// Rule is no-socket.
var Rule = &analysis.Rule{
	Name: "no-socket", Group: analysis.Runtime, Severity: analysis.Error, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	patched := slices.ContainsFunc(p.Unit.Scopes.Imports(), func(i scope.Import) bool { return i.Module == pyodide.Patches })
	for c := range p.Lacking(pyodide.Sockets) {
		lower := 0
		if c.Perhaps {
			lower = 1
		}
		if c.Patched && patched || opensNone(p, c) || p.Realms(c.Node) == pyodide.Node {
			continue
		}
		p.Report(c.Node, lower, analysis.Finding{
			Message: fmt.Sprintf("%s %s", name(c), c.Why), Cause: analysis.Cause{Span: c.Node.Span(), Kind: "socket"},
		})
	}
}

// opensNone says whether the arguments of a call are such that it needs no socket: an address that holds its own
// content, or none at all.
func opensNone(p *analysis.Pass, c analysis.Lacking) bool {
	first := c.Node.Child(syntax.FieldArguments).First()
	if !first.OK() {
		return pyodide.Idle(c.Called)
	}
	address, ok := syntax.Constant(p.Unit.Flow.Definition(first))
	return ok && !pyodide.NeedsSocket(address)
}

// name is the call's, without the class that its object is of as far as asyncio's loop goes: that has another in Pyodide.
func name(c analysis.Lacking) string {
	return strings.TrimPrefix(c.Called, "asyncio.AbstractEventLoop.")
}
