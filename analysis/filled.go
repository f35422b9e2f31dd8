package analysis

import (
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Filled is what a script fills into the Python that it runs.
type Filled struct {
	host.Filled
	Span source.Span // of the unit, where a name stands for it
	In   syntax.Node // that it stands in
}

// Filled is what the document fills into the unit.
func (p *Pass) Filled() (all []Filled) {
	if p.Unit.in == nil || len(p.Unit.in.Filled) == 0 {
		return nil
	}
	for _, s := range p.Unit.Host.Map {
		if s.Kind != source.Opaque || s.Unit.Len() == 0 {
			continue
		}
		for _, x := range p.Unit.in.Filled {
			if x.At == s.Host {
				all = append(all, Filled{x, s.Unit, p.Unit.Tree.At(s.Unit.Start)})
			}
		}
	}
	return all
}
