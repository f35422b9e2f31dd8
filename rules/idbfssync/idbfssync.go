// Package idbfssync finds files that are lost with the page, for nothing saves them.
package idbfssync

import (
	_ "embed"
	"fmt"
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

//go:embed idbfs-sync.md
var doc string

// Rule is idbfs-sync.
var Rule = &analysis.Rule{
	Name: "idbfs-sync", Group: analysis.Storage, Severity: analysis.Warning, Realms: pyodide.Main | pyodide.Worker, Doc: doc,
	Evidence: analysis.NotSynced, Check: check,
}

func check(p *analysis.Pass) {
	mounts := p.Unit.Flow.Mounts()
	if len(mounts) == 0 || p.View.SyncsElsewhere {
		return
	}
	syncs, others := p.Unit.Flow.Syncs()
	if others {
		return // who calls it, and with what, is not known
	}
	for _, m := range mounts {
		if !m.ByItself || p.Versions().And(pyodide.Since(pyodide.PersistsItself)) == 0 {
			(&mounted{p, m, syncs}).check()
		}
	}
}

// mounted is a folder, with all that syncs it.
type mounted struct {
	*analysis.Pass
	flow.Mount
	syncs []flow.Sync
}

func (m *mounted) check() {
	saves := slices.ContainsFunc(m.syncs, func(s flow.Sync) bool { return s.Saves })
	loads := slices.ContainsFunc(m.syncs, func(s flow.Sync) bool { return s.Loads })
	written := m.Unit.Flow.WrittenBelow(m.Folder)
	m.thrownAway(written)
	switch {
	case !saves:
		m.neverSaved(written)
	case m.Database && !loads:
		m.report(m.Node, fmt.Sprintf("nothing loads what was saved in %s before, as syncfs(True, …) does, and the next save deletes it", m.Folder))
	default:
		m.behindAll(written)
	}
}

// neverSaved reports what is written and never saved; if that is done elsewhere, the folder, unless it is the reader's own,
// which may be there to be read.
func (m *mounted) neverSaved(written []flow.Call) {
	how := "syncfs(False, …)"
	switch {
	case m.Name == pyodide.PyScriptMount:
		how = "fs.sync"
	case !m.Database:
		how = "syncfs() of what mountNativeFS gives"
	}
	for _, w := range written {
		m.report(w.Node, fmt.Sprintf("this is lost with the page: nothing calls %s, which saves what is written below %s", how, m.Folder))
	}
	if m.Database && len(written) == 0 && len(m.syncs) == 0 {
		m.report(m.Node, fmt.Sprintf("what is written below %s is lost with the page: nothing calls %s, which saves it", m.Folder, how))
	}
}

// thrownAway reports a load that comes behind what is written, with nothing between them that may save that.
func (m *mounted) thrownAway(written []flow.Call) {
	for _, s := range m.syncs {
		if s.Saves || !m.Database {
			continue
		}
		for _, w := range written {
			if m.Unit.Flow.ReachesWithout(w.Node, s.Node, m.maySave) {
				m.report(s.Node, "syncfs(True, …) loads what was saved before and throws away what is written here in between",
					analysis.Related{Span: w.Node.Span(), Message: "what is written"})
				break
			}
		}
	}
}

// maySave says whether a node is a call that may save: it does, or what a function of the text does is not looked at.
func (m *mounted) maySave(n syntax.Node) bool {
	if n.Kind() != syntax.Call {
		return false
	}
	function := n.Child(syntax.FieldFunction)
	name := m.Unit.Scopes.Lookup(function)
	return slices.ContainsFunc(m.syncs, func(s flow.Sync) bool { return s.Node == n && s.Saves }) ||
		function.Child(syntax.FieldObject).Text() == "self" ||
		name != nil && slices.ContainsFunc(name.Bindings, func(b scope.Binding) bool { return b.How != scope.ByImport })
}

// behindAll reports what a module writes as it is loaded when all that saves is done.
func (m *mounted) behindAll(written []flow.Call) {
	for _, s := range m.syncs {
		if m.Unit.Flow.Scopes().Function(s.Node).OK() {
			return // it runs who knows when
		}
	}
	for _, w := range written {
		if m.Unit.Flow.Scopes().Function(w.Node).OK() {
			continue
		}
		saved := slices.ContainsFunc(m.syncs, func(s flow.Sync) bool { return s.Saves && m.Unit.Flow.Reaches(w.Node, s.Node) })
		if !saved {
			m.report(w.Node, fmt.Sprintf("this is written when all is saved that is, and lost with the page: syncfs(False, …) has to come behind it to save what is below %s", m.Folder))
		}
	}
}

func (m *mounted) report(at syntax.Node, message string, related ...analysis.Related) {
	if at != m.Node {
		related = append(related, analysis.Related{Span: m.Node.Span(), Message: "the folder is mounted here"})
	}
	m.Report(at, 0, analysis.Finding{Message: message, Related: related, Cause: analysis.Cause{Span: at.Span(), Kind: "file"}})
}
