package analysis

import (
	"iter"
	"slices"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Importing are the imports of the unit that have to succeed: nothing catches what they raise, they are not what is done
// where another one fails, and no condition around them asks for a version or for the platform in a way that cannot be
// read.
func (p *Pass) Importing() iter.Seq[scope.Import] {
	return func(yield func(scope.Import) bool) {
		for _, i := range p.Unit.Scopes.Imports() {
			if !p.hasTo(i.Node) {
				continue
			}
			if !yield(i) {
				return
			}
		}
	}
}

// hasTo says whether what a node does has to succeed.
func (p *Pass) hasTo(at syntax.Node) bool {
	place := p.Unit.Flow.Place(at)
	return place != flow.OnHost && place != flow.Unclear && !p.Unit.Flow.Caught(at) && !p.Unit.Flow.IfImportFails(at) &&
		!p.Unit.Flow.AsksForVersion(at)
}

// AttributesOf are the attributes that the unit takes of a module that it imports by its name, where they have to be
// there.
func (p *Pass) AttributesOf(module string) iter.Seq[syntax.Node] {
	return func(yield func(syntax.Node) bool) {
		for _, local := range p.Unit.imported()[module] {
			for _, n := range p.Unit.Scopes.References(p.Unit.Scopes.Module().Name(local)) {
				attribute := n.Parent()
				if attribute.Kind() != syntax.Attribute || n.Field() != syntax.FieldObject || !p.hasTo(attribute) {
					continue
				}
				if !yield(attribute) {
					return
				}
			}
		}
	}
}

// Aimed are the lines of releases that code has to run on: those that something says it is for, else the newest.
func (p *Pass) Aimed() pyodide.Versions {
	if p.View.Because == "" {
		return p.Versions().Newest()
	}
	return p.Versions()
}

// Brought is what the project has loaded besides Pyodide, or what the document has where nothing is known of a project.
func (p *Pass) Brought() *realm.Brought {
	if p.View.Brought == nil {
		return p.File.alone().Brought()
	}
	return p.View.Brought
}

// PackageList is the one list of packages in the document that holds the unit: the place behind its last name, and the mark
// around that. settings leaves out the lists of calls.
func (p *Pass) PackageList(settings bool) (at int, mark string, ok bool) {
	if p.Unit.Host == nil {
		return 0, "", false
	}
	return realm.PackageList(p.File.Kind, p.File.Source.Text(), settings)
}

// PackagesListed is where settings in a file of their own list the packages of the page that runs the code at a node.
func (p *Pass) PackagesListed(at syntax.Node) (r realm.Reason, ok bool) {
	graph := p.run.graph()
	for _, run := range p.Runs(at) {
		for _, why := range run.Reasons {
			if r, ok = graph.ListsPackages(why.Path); ok {
				return r, true
			}
		}
	}
	return realm.Reason{}, false
}

// SeesLoading says whether the project is seen running code at a node, and all that has it run: pages of PyScript, or
// scripts that load Pyodide. Others may load what the code imports.
func (p *Pass) SeesLoading(at syntax.Node) bool {
	loaders := p.Brought().Loaders
	if p.Unit.Host != nil && p.Unit.Form == host.Run {
		return loaders[slashed(p.File.Source.Path())]
	}
	found := false
	for _, r := range p.Runs(at) {
		if r.Realm == pyodide.Host {
			continue
		}
		if !r.PyScript() && !slices.ContainsFunc(r.Reasons, func(why realm.Reason) bool { return loaders[why.Path] }) {
			return false
		}
		found = true
	}
	return found && p.OnlyInPyodide(at)
}

// OfOld says whether the project is for a Pyodide from before the lines that are known, or for a PyScript that brings one.
func (p *Pass) OfOld() bool { return len(p.View.Older) > 0 || p.Brought().Classic }
