package realm

import (
	"cmp"
	"slices"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
)

// Fact is one thing that a function does, by itself or by what it calls.
type Fact struct {
	Act      flow.Act
	Suspends bool // as in flow.Deed
	// Told says that it is done in, or by way of, code that is known to run in Pyodide by what stands in its own file or
	// leads there, so that what is wrong with it is found there.
	Told  bool
	Brief bool // it is over before anyone can notice
	// By is the parameter of the function that says how long it takes, or that it becomes of, else flow.None.
	By    int
	Again bool // of what becomes of a parameter: that it does so again and again
}

// Effect is what a call of a function of the project has done.
type Effect struct {
	Function Function
	Name     string
	Facts    []Fact // those that a call comes to are about no parameters any more
	graph    *Graph
	open     flow.Open
	in       pyodide.Realms
	own      []reached // of the function itself, one for each of Facts
}

// Step is one call on the way from a function to what it does, and at last what that is.
type Step struct {
	Path string
	At   source.Range
	What string // the function that is called, or what is done
	Last bool   // it is what is done
}

// Does says whether a call in a unit of a file may have anything done but what becomes of what it passes on.
func (g *Graph) Does(file string, unit int, o flow.Open, in pyodide.Realms) bool {
	f, ok := g.begins(file, unit, o, in)
	return ok && slices.ContainsFunc(g.closed(f, in), func(r reached) bool { return !r.Act.OfParameter() })
}

// Coroutine says whether a call in a unit of a file is of an async function of the project, and gives a coroutine.
func (g *Graph) Coroutine(file string, unit int, o flow.Open) bool {
	if g == nil || unit >= len(g.texts(file)) || g.functions > mostFunctions {
		return false
	}
	f, ok := g.called(file, unit, o)
	return ok && g.summary(f).Coroutine
}

// begins is the function of the project that a call is of, if it runs there.
func (g *Graph) begins(file string, unit int, o flow.Open, in pyodide.Realms) (f Function, ok bool) {
	if g == nil || unit >= len(g.texts(file)) || g.functions > mostFunctions {
		return Function{}, false
	}
	f, ok = g.called(file, unit, o)
	return f, ok && g.runsIn(f, in)
}

// Leads is what a call in a unit of a file has done in some place, by the function of the project that it calls and all
// that those call in turn; ok is false where the function is not known.
func (g *Graph) Leads(file string, unit int, o flow.Open, in pyodide.Realms) (e Effect, ok bool) {
	f, ok := g.begins(file, unit, o, in)
	if !ok {
		return Effect{}, false
	}
	e = Effect{Function: f, Name: g.summary(f).Called(), graph: g, open: o, in: in}
	for _, r := range g.closed(f, in) {
		fact, ok := through(o, g.summary(f), r.Fact)
		if r.Act.OfParameter() { // which is one of the function's for whoever asks
			fact, ok = r.Fact, true
			fact.Again = fact.Again || o.Repeats
		}
		switch i := slices.Index(e.Facts, fact); {
		case !ok:
		case i < 0:
			e.Facts, e.own = append(e.Facts, fact), append(e.own, r)
		case r.calls < e.own[i].calls:
			e.own[i] = r
		}
	}
	return e, true
}

// Of are the facts about what the call passes at a position, or by a name: what becomes of it. Without any nothing does,
// if the function has such a parameter, which ok says.
func (e Effect) Of(position int, keyword string) (facts []Fact, ok bool) {
	s := e.graph.summary(e.Function)
	if keyword == "" && bound(e.open, s) {
		position++
	}
	p := slices.IndexFunc(s.Parameters, func(p flow.Parameter) bool { return keyword != "" && p.Name == keyword })
	if keyword == "" && position < len(s.Parameters) && !s.Parameters[position].Keyword {
		p = position
	}
	for _, fact := range e.Facts {
		if fact.Act.OfParameter() && fact.By == p {
			facts = append(facts, fact)
		}
	}
	return facts, p >= 0
}

// Way is the shortest way from the function to one of its facts.
func (e Effect) Way(fact int) []Step {
	var steps []Step
	q := &question{graph: e.graph, in: e.in, memo: e.graph.memo}
	f, want := e.Function, e.own[fact].Fact
	for {
		deed, call, to, before := q.soonest(f, want)
		switch s := e.graph.summary(f); {
		case deed != flow.None:
			d := s.Deeds[deed]
			return append(steps, Step{f.File, d.At, d.What, true})
		case call != flow.None:
			steps = append(steps, Step{f.File, s.Calls[call].At, e.graph.summary(to).Called(), false})
			f, want = to, before
		default:
			return steps
		}
	}
}

// Outcome is a function that a file has from another one, with what it does: what findings in the file depend on.
type Outcome struct {
	Function  Function
	Coroutine bool // a call of it gives a coroutine
	Facts     []Fact
	Ways      [][]Step
}

// Outcomes are those of the functions, and of the methods of the classes, that the Python of a file uses of other files
// and that do something in some place.
func (g *Graph) Outcomes(file string, in pyodide.Realms) []Outcome {
	if g == nil || g.functions > mostFunctions {
		return nil
	}
	var all []Outcome
	for _, code := range g.texts(file) {
		for _, u := range code.Uses {
			if u.Module == "" {
				continue
			}
			for _, f := range g.used(file, u) {
				if o := g.outcome(f, in); len(o.Facts) > 0 || o.Coroutine {
					all = append(all, o)
				}
			}
		}
	}
	return all
}

func (g *Graph) outcome(f Function, in pyodide.Realms) Outcome {
	o := Outcome{Function: f, Coroutine: g.summary(f).Coroutine}
	e := Effect{Function: f, graph: g, in: in, own: g.closed(f, in)}
	for i, r := range e.own {
		o.Facts, o.Ways = append(o.Facts, r.Fact), append(o.Ways, e.Way(i))
	}
	return o
}

// through is what a fact of a function is to whoever calls it; ok is false where it is none.
func through(o flow.Open, of *flow.Summary, fact Fact) (Fact, bool) {
	if fact.Act.OfParameter() { // whoever does not await it has somebody else run it
		_, fact.By = passed(o, of, fact.By)
		fact.Again = fact.Again || o.Repeats
		return fact, fact.By != flow.None
	}
	switch {
	case of.Generator, of.Async && !o.Awaited:
		return Fact{}, false // it has not begun
	case fact.Act == flow.Awaits && !o.Awaited:
		return Fact{}, false
	}
	if fact.By != flow.None {
		long, by := passed(o, of, fact.By)
		if long == 0 {
			return Fact{}, false
		}
		fact.By, fact.Brief = by, by == flow.None && flow.Brief(long, o.Repeats)
	}
	fact.Brief = fact.Brief && !o.Repeats
	return fact, true
}

// passed is what a call gives a function for a parameter: a number that is written out, else flow.Unsaid, and the
// parameter that it has it from, else flow.None.
func passed(o flow.Open, of *flow.Summary, parameter int) (seconds float64, from int) {
	position := parameter
	if bound(o, of) {
		position--
	}
	at := 0
	for _, p := range o.Passes {
		if p.Keyword == of.Parameters[parameter].Name || p.Keyword == "" && at == position && !of.Parameters[parameter].Keyword {
			return p.Seconds, p.Parameter
		}
		if p.Keyword == "" {
			at++
		}
	}
	if o.Passes == nil {
		return flow.Unsaid, flow.None
	}
	return of.Parameters[parameter].Seconds, flow.None
}

// bound says whether a call gives the function its first parameter by itself.
func bound(o flow.Open, of *flow.Summary) bool {
	return of.Receiver == flow.ItsClass || of.Receiver == flow.Instance && o.Bound
}

// order is in which order facts are kept.
func (f Fact) order(other Fact) int {
	return cmp.Or(cmp.Compare(f.Act, other.Act), compareBool(f.Suspends, other.Suspends), compareBool(f.Told, other.Told),
		compareBool(f.Brief, other.Brief), compareBool(f.Again, other.Again), cmp.Compare(f.By, other.By))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
