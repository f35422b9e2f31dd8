package analysis

import (
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// ImportedOutside says what imports the unit in another Python, where a module of the bridge that it imports at a node is
// not there: the import there that the unit is reached by, at the top level all the way. ok is false where none is seen,
// and where something may stand in for the module.
func (p *Pass) ImportedOutside(at syntax.Node, module string) (by realm.Placement, ok bool) {
	runs := p.Runs(at)
	i := slices.IndexFunc(runs, func(r realm.Placement) bool {
		return r.Realm == pyodide.Host && r.Entry == host.Imported && r.Sure && len(r.Reasons) > 0
	})
	if i < 0 {
		return realm.Placement{}, false
	}
	if graph := p.run.graph(); graph.StandsIn(module) || runs[i].Basis == realm.Assumed && graph.TestsInPyodide() {
		return realm.Placement{}, false
	}
	return runs[i], true
}

// Elsewhere is a line of another file as a place that explains a finding.
func Elsewhere(r realm.Reason, message string) Related {
	return Related{Path: r.Path, At: source.Range{Start: source.Point{Line: r.Line, Column: 1}, End: source.Point{Line: r.Line, Column: 1}}, Message: message}
}

// AsyncTests says whether pytest-asyncio runs each async test of the file, without a mark of its own.
func (p *Pass) AsyncTests() bool { return p.run.graph().Auto(slashed(p.File.Source.Path())) }

// OwnFixture says whether the project makes a fixture of that name for the tests of the file.
func (p *Pass) OwnFixture(name string) bool {
	return p.run.graph().MakesFixture(slashed(p.File.Source.Path()), name)
}
