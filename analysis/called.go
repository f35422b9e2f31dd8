package analysis

import (
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/syntax"
)

// Worker is the worker of PyScript that functions are called on by way of an object, as the project has it; ok is false
// where that is not known.
func (p *Pass) Worker(object syntax.Node) (w realm.Worker, ok bool) {
	as, ok := p.Unit.Flow.Worker(object)
	if !ok {
		return realm.Worker{}, false
	}
	all := p.View.Workers
	if all == nil {
		all = p.File.alone().WorkersAt(p.path())
	}
	w, ok = all[as]
	return w, ok
}
