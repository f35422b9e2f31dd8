package analysis

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
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

// InWorker says that a call in an async function keeps a worker from everything else, and when it does.
func (f Freeze) InWorker(call string) string {
	return fmt.Sprintf("%s holds up this worker%s, even in an async function: no other task of it runs and no message is heard", call, f.when)
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

// Brief says whether a constant says that the call is over before anyone can notice, and is not repeated.
func (p *Pass) Brief(call syntax.Node, blocker pyodide.Blocker) bool {
	if blocker.Argument < 0 {
		return false
	}
	i := 0
	for a := range call.Child(syntax.FieldArguments).Children() {
		if i == blocker.Argument {
			seconds, err := strconv.ParseFloat(a.Text(), 64)
			return err == nil && (seconds == 0 || seconds < pyodide.LongTask && !p.Unit.Flow.Repeats(call))
		}
		i++
	}
	return true // no argument: a TypeError, and none of our business
}

// AwaitBlocker is the fix that awaits what does the same as a blocking call, if there is such a thing.
func (p *Pass) AwaitBlocker(call syntax.Node, blocker pyodide.Blocker) []Fix {
	awaiting, ok := p.Await(call)
	if !ok || blocker.Async[0] == "" {
		return nil
	}
	module, edits := p.UseModule(call, blocker.Async[0])
	name := module + "." + blocker.Async[1]
	edits = append(edits, source.Edit{
		Span: source.Span{Start: call.Span().Start, End: call.Child(syntax.FieldFunction).Span().End}, New: "await " + name,
	})
	title := fmt.Sprintf("Await %s instead", strings.Join(blocker.Async[:], "."))
	if awaiting.MakesAsync {
		title = fmt.Sprintf("Make the function async and await %s", strings.Join(blocker.Async[:], "."))
	}
	return []Fix{{Title: title, Applicability: awaiting.Applicability, Edits: append(edits, awaiting.Edits...)}}
}
