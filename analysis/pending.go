package analysis

import (
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
)

// Pending is what a call certainly gives that has to be awaited: a promise, or a coroutine, also of an async function of
// another file. It is nil for any other call, and where that is not known.
func (p *Pass) Pending(c flow.Call) *pyodide.Awaited {
	if a := p.Unit.Flow.Pending(c); a != nil {
		if c.Path != "" && p.OverThere(c.Function) {
			return nil
		}
		return a
	}
	if o, ok := p.Unit.Flow.Open(c); ok && o.Function == flow.None && p.run.graph().Coroutine(slashed(p.File.Source.Path()), p.unit, o) {
		return pyodide.Coroutine
	}
	return nil
}
