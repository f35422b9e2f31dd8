package analysis

import (
	"fmt"
	"regexp"
	"slices"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
)

// Callee is what a call has done in some place, by the function of the project that it calls and all that those call in
// turn; ok is false where the function is not known.
func (p *Pass) Callee(c flow.Call, in pyodide.Realms) (e realm.Effect, ok bool) {
	o, ok := p.Unit.Flow.OpenAt(c, p.Unit.place)
	if !ok {
		return realm.Effect{}, false
	}
	return p.run.graph().Leads(slashed(p.File.Source.Path()), p.unit, o, in)
}

// HandedOn is what JavaScript is given an argument of a call by the project's function that it is of, as it is, and the
// way there; ok is false where that is not certain to be all that becomes of it but for Python's keeping it or calling it.
func (p *Pass) HandedOn(c flow.Call, position int, keyword string) (k pyodide.Keeper, way []realm.Step, ok bool) {
	if _, ok := p.Unit.Flow.Open(c); !ok {
		return k, nil, false // as most are: nobody has to know where they run
	}
	in := pyodide.Main
	if !p.Realms(c.Node).Has(in) {
		in = pyodide.Worker
	}
	effect, ok := p.Callee(c, in)
	if !ok {
		return k, nil, false
	}
	facts, _ := effect.Of(position, keyword)
	hands := -1
	for _, fact := range facts {
		switch fact.Act {
		case flow.Hands:
			hands = slices.Index(effect.Facts, fact)
		case flow.Keeps, flow.Invokes:
		default:
			return k, nil, false
		}
	}
	if hands < 0 {
		return k, nil, false
	}
	way = effect.Way(hands)
	name := way[len(way)-1].What
	added := p.Unit.Flow.Added()
	if k, ok = added.KeeperNamed("js." + name); !ok {
		k, ok = added.KeeperMethod(name)
	}
	return k, way, ok && !p.View.Methods[name] // of the object that has the method the summary does not tell
}

// lead is a call of a function of the project, with what that does on the main thread.
type lead struct {
	call   flow.Call
	effect realm.Effect
}

// plainly is how code calls a function by names alone.
var plainly = regexp.MustCompile(`^[\w.]{1,40}$`)

// name is what the function is called by: as the code calls it, if it does so plainly.
func (l lead) name() string {
	if text := l.call.Function.Text(); plainly.MatchString(text) {
		return text
	}
	return l.effect.Name
}

// leadsOf are those of the unit that do anything, worked out once for all rules.
func (p *Pass) leadsOf() []lead { return p.leads() }

func (p *Pass) readLeads() []lead {
	var found []lead
	for _, c := range p.Unit.Flow.Calls() {
		o, ok := p.Unit.Flow.Open(c)
		if !ok || !p.run.graph().Does(slashed(p.File.Source.Path()), p.unit, o, pyodide.Main) {
			continue // a quick look, for most are of functions that do nothing
		}
		if e, ok := p.Callee(c, pyodide.Main); ok {
			found = append(found, lead{c, e})
		}
	}
	return found
}

// Handing completes a finding about something that is handed on: the steps on the way explain it, and what a browser
// shows stands at the last one.
func (f Finding) Handing(way []realm.Step) Finding {
	last := way[len(way)-1]
	f.Related, f.shown = append(f.Related, related(way)...), &Site{File: last.Path, Line: last.At.Start.Line}
	return f
}

// Froze is a call that freezes the page by way of other functions.
type Froze struct {
	Call   flow.Call
	Freeze Freeze
	callee string
	way    []realm.Step
}

// Freezing are the calls by which code that is known to run in Pyodide comes to something that keeps the main thread,
// through functions of which that is not known: what is done there is found nowhere else. That is the last place on the
// way of which it is known, so that handlers which share a function have one finding. Of the calls that lead to the
// same thing it is the first one of those that always freeze the page, or else of all.
func (p *Pass) Freezing(act flow.Act) []Froze {
	var all []Froze
	for _, l := range p.leadsOf() {
		for i, fact := range l.effect.Facts {
			if fact.Act != act || fact.Told || fact.Brief || !p.OnlyInPyodide(l.call.Node) {
				continue
			}
			freeze, ok := p.Freezes(l.call.Node, fact.Suspends)
			if _, _, concerned := p.concerned(l.call.Node); !ok || !concerned {
				continue
			}
			all = addFroze(all, Froze{l.call, freeze, l.name(), l.effect.Way(i)})
		}
	}
	return all
}

// addFroze adds a call, or leaves it out if one is there that leads to the same thing, and is no less certain to freeze.
func addFroze(all []Froze, x Froze) []Froze {
	i := slices.IndexFunc(all, func(other Froze) bool { return x.what() == other.what() })
	switch {
	case i < 0:
		return append(all, x)
	case x.Freeze.when == "" && all[i].Freeze.when != "":
		all[i] = x
	}
	return all
}

// what is the thing that freezes the page.
func (x Froze) what() realm.Step { return x.way[len(x.way)-1] }

// Finding is the finding of it: what is called freezes the page until something has happened.
func (x Froze) Finding(kind, until string) Finding {
	what := x.what()
	does := "calls " + what.What
	switch {
	case what.What == "":
		does = "sends a synchronous request"
	case len(x.way) > 1:
		does = "leads to " + what.What
	}
	return Finding{
		Message: x.Freeze.Message(fmt.Sprintf("%s %s, which", x.callee, does), until), Versions: x.Freeze.Versions,
		Related: x.related(), Cause: Cause{x.Call.Node.Span(), kind}, shown: &Site{File: what.Path, Line: what.At.Start.Line},
	}
}

// related are the steps on the way as places that explain the finding.
func (x Froze) related() []Related { return related(x.way) }

func related(way []realm.Step) []Related {
	var all []Related
	for _, s := range way {
		r := Related{Message: s.What + " is called here", Path: s.Path, At: s.At}
		if s.What == "" {
			r.Message = "the request is opened here"
		}
		all = append(all, r)
	}
	return all
}
