package analysis

import (
	"iter"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
)

// Lacking is a call that needs what Pyodide does not have.
type Lacking struct {
	flow.Call
	pyodide.Lack
	Called string // its canonical name, that of a method with that of its class
}

// Lacking are the calls of the unit that are among these, where they are known to run in Pyodide and nothing catches
// what they raise: who does has thought of it.
func (p *Pass) Lacking(calls pyodide.Lacks) iter.Seq[Lacking] {
	return func(yield func(Lacking) bool) {
		for _, c := range p.Unit.Flow.Calls() {
			name := c.Name
			if name == "" && calls.HasMethod(c.Method) {
				name = p.Unit.Flow.Called(c)
			}
			lack, ok := calls.Named(name)
			if !ok || !p.OnlyInPyodide(c.Node) || p.Unit.Flow.Catches(c.Node, lack.Raises...) {
				continue
			}
			if !yield(Lacking{c, lack, name}) {
				return
			}
		}
	}
}
