package analysis

import (
	"cmp"
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Runs are the ways in which the units of the document come to run, in their order.
func (f *File) Runs(view View) []realm.Runs {
	if view.Runs == nil {
		return f.alone().At(slashed(f.Source.Path()))
	}
	return view.Runs
}

// Begins is the line of the document on which the unit begins, or on which stands what runs it; 1-based.
func (u *Unit) Begins() int {
	if u.Host == nil {
		return 1
	}
	return 1 + u.around.LineOf(u.begins())
}

// begins is where that is in the document, in bytes.
func (u *Unit) begins() int {
	if u.Host == nil {
		return 0
	}
	return u.in.At.Start
}

// ByMicroPython says whether it is MicroPython that runs the unit.
func (u *Unit) ByMicroPython(view View) bool {
	return u.Runtime == host.MicroPython || u.Host == nil && view.MicroPython || u.Runtime == host.Unsaid && u.importsMicroPython()
}

// importsMicroPython says whether the unit imports what MicroPython alone has.
func (u *Unit) importsMicroPython() bool {
	return slices.ContainsFunc(u.Scopes.Imports(), func(i scope.Import) bool {
		return pyodide.MicroPythonOnly[i.Module] && !u.Flow.Caught(i.Node)
	})
}

// Realms are the places in which code at a node runs; none where that is not known, or where it runs nowhere.
func (p *Pass) Realms(at syntax.Node) pyodide.Realms { return realm.RealmsOf(p.Runs(at)) }

// Runs are the ways in which code at a node comes to run: those of the function or class at the top level that it
// stands in, as far as the guards around it let it.
func (p *Pass) Runs(at syntax.Node) []realm.Placement { return p.Unit.runsAt(p.runs(), at) }

// MayEnter says whether the top level of the unit may be entered in a way, as far as is known.
func (p *Pass) MayEnter(entry host.Entry) bool {
	if p.Unit.Host != nil && p.Unit.Entry != host.AnyEntry {
		return p.Unit.Entry == entry
	}
	return len(p.runs().Module) == 0 || slices.ContainsFunc(p.runs().Module, func(r realm.Placement) bool {
		return r.Entry == entry || r.Entry == host.AnyEntry || r.Basis == realm.Assumed
	})
}

// runsAt is where code at a node of the unit runs, given where its parts do.
func (u *Unit) runsAt(runs realm.Runs, at syntax.Node) []realm.Placement {
	base := runs.Module
	if i := u.definitionAt(at); i >= 0 && i < len(runs.Defs) {
		base = runs.Defs[i].Placements
	}
	if u.Flow.AsScript(at) {
		base = slices.DeleteFunc(slices.Clone(base), func(r realm.Placement) bool { return r.Entry == host.Imported })
	}
	let := u.Flow.Realms(at)
	if let == pyodide.AllRealms {
		return base
	}
	var left []realm.Placement
	for _, r := range base {
		if let.Has(r.Realm) {
			left = append(left, r)
		}
	}
	if len(left) == 0 && !firm(base) {
		return u.guarded(let, at)
	}
	return left
}

// seenRunning says whether the project is seen running code at a node in Pyodide: the top level of a file that is loaded
// there, or a function that is used there.
func (p *Pass) seenRunning(at syntax.Node) bool {
	runs := p.runs()
	in := runs.Module
	if outer := p.Unit.definitionAt(at); outer >= 0 {
		if outer >= len(runs.Defs) || !runs.Defs[outer].Used || p.Unit.inClass(at) {
			return false
		}
		in = runs.Defs[outer].Placements
	}
	script := p.Unit.Flow.AsScript(at)
	return slices.ContainsFunc(in, func(r realm.Placement) bool {
		imported := r.Entry == host.Imported || r.Entry == host.AnyEntry // of what is fetched nobody knows under which name it runs
		return r.Basis > realm.Taken && r.Realm != pyodide.Host && !(script && imported)
	})
}

// inClass says whether a node stands in a class, of which nobody knows which methods are called.
func (u *Unit) inClass(at syntax.Node) bool {
	for p := range at.Above() {
		if p.Kind() == syntax.ClassDefinition {
			return true
		}
	}
	return false
}

// dead says whether guards let code at a node run only where its unit does not.
func (p *Pass) dead(at syntax.Node) bool {
	return len(p.Runs(at)) == 0 && p.Unit.Flow.Realms(at) != pyodide.AllRealms && firm(p.runs().Module)
}

// firm says whether where code runs rests on anything but an assumption.
func firm(all []realm.Placement) bool {
	return slices.ContainsFunc(all, func(r realm.Placement) bool { return r.Basis > realm.Assumed })
}

// guarded is where code runs of which nothing is known but that guards let it run in some places only.
func (u *Unit) guarded(let pyodide.Realms, at syntax.Node) []realm.Placement {
	if let.Has(pyodide.InPyodide) {
		return nil
	}
	if let.Has(pyodide.Worker) { // of the places without a document it is the one that there is most of
		let = let.Without(pyodide.ServiceWorker | pyodide.Node)
	}
	var why []realm.Reason
	if guards := u.Flow.Guards(at); len(guards) > 0 {
		why = []realm.Reason{{Path: slashed(u.Source.Path()), Line: u.line(guards[0].Node.Span().Start), What: "the guard there lets nothing else through"}}
	}
	var all []realm.Placement
	for _, r := range let.Each() {
		all = append(all, realm.Placement{Realm: r, Basis: realm.Taken, Reasons: why})
	}
	return all
}

// CalledElsewhere says whether other files of the project may call a function of the unit.
func (p *Pass) CalledElsewhere(function syntax.Node) bool {
	runs, i := p.runs(), p.Unit.definitionAt(function)
	return !p.Unit.Scopes.Function(function).OK() && i >= 0 && i < len(runs.Defs) && runs.Defs[i].Entered
}

// definitionAt is which of the definitions at the top level of the unit a node stands in, -1 for none.
func (u *Unit) definitionAt(at syntax.Node) int {
	outer := at
	for p := range at.Above() {
		if p.Kind() == syntax.FunctionDefinition || p.Kind() == syntax.ClassDefinition {
			outer = p
		}
	}
	if k := outer.Kind(); k != syntax.FunctionDefinition && k != syntax.ClassDefinition {
		return -1
	}
	return u.code().Def(outer.Child(syntax.FieldName).Text(), u.line(outer.Span().Start))
}

// Placed is a place in a document with the ways in which the code there comes to run.
type Placed struct {
	At   int // of the document, in bytes
	Name string
	Runs []realm.Placement // of each realm the first
}

// Places are where a unit begins, if anything is known of where it runs, and where functions and classes of it begin
// that do not run just there.
func (u *Unit) Places(runs realm.Runs) []Placed {
	var all []Placed
	if known := realm.Distinct(runs.Module); len(known) > 0 && realm.RealmsOf(known) != pyodide.Host {
		all = append(all, Placed{At: u.begins(), Runs: known})
	}
	for _, kind := range []syntax.Kind{syntax.FunctionDefinition, syntax.ClassDefinition} {
		for n := range u.Tree.Of(kind) {
			i := u.code().Def(n.Child(syntax.FieldName).Text(), u.line(n.Span().Start))
			if i < 0 || i >= len(runs.Defs) || u.definitionAt(n) != i {
				continue
			}
			own := realm.Distinct(runs.Defs[i].Placements)
			if len(own) > 0 && realm.RealmsOf(own) != realm.RealmsOf(runs.Module) {
				all = append(all, Placed{At: u.hostSpan(n.Span()).Start, Name: runs.Defs[i].Name, Runs: own})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Placed) int { return cmp.Compare(a.At, b.At) })
	return all
}
