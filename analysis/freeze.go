package analysis

import (
	"cmp"
	"fmt"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Versions are the targeted versions of Pyodide.
func (p *Pass) Versions() pyodide.Versions { return cmp.Or(p.View.Versions, pyodide.AllVersions) }

// Freeze says when a call keeps the main thread from everything else.
type Freeze struct {
	Versions pyodide.Versions
	when     string // follows "freezes the page": where it does that, empty for always
	async    bool   // the call stands in an async function
}

// Message says that a call freezes the page until something has happened, and when it does.
func (f Freeze) Message(call, until string) string {
	switch {
	case f.when == "":
		return fmt.Sprintf("%s freezes the page until %s: nothing is drawn and no event is handled", call, until)
	case f.async:
		return fmt.Sprintf("%s freezes the page%s, even in an async function", call, f.when)
	}
	return fmt.Sprintf("%s freezes the page%s until %s", call, f.when, until)
}

// Freezes says when a blocking call freezes the page. suspends says that the call lets the page run where the
// stack can be switched (pyodide.Blocker). ok is false where it freezes none of the targeted versions.
func (p *Pass) Freezes(call syntax.Node, suspends bool) (f Freeze, ok bool) {
	f = Freeze{Versions: p.Versions(), async: flow.Async(p.Unit.Scopes.Function(call))}
	if !suspends || !p.switches(call) || p.View.JSPI != nil && !*p.View.JSPI {
		return f, true
	}
	never := f.Versions.And(pyodide.Before(pyodide.SwitchesStacks))
	switch sometimes := f.Versions.Without(never); {
	case sometimes == 0:
		return f, true
	case p.View.JSPI != nil:
		f.Versions, f.when = never, fmt.Sprintf(" on Pyodide %s", never)
		return f, never != 0
	case never == 0:
		f.when = " in browsers without JSPI"
	default:
		f.when = fmt.Sprintf(" before Pyodide %s and in browsers without JSPI", pyodide.SwitchesStacks)
	}
	return f, true
}

// switches says whether the stack may be switched at a call: in an async function, and at the top level of code
// that is not known to be entered synchronously.
func (p *Pass) switches(call syntax.Node) bool {
	function := p.Unit.Scopes.Function(call)
	if !function.OK() {
		return p.Unit.Entry != host.PlainEntry
	}
	return flow.Async(function)
}
