package realm

import (
	"cmp"
	"slices"
	"sync"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
)

// mostFunctions is how many functions a project may have for anything to be concluded from what they call: a question
// may lead through all of them, once. It is one number for the project and not one for each question, so that an answer
// does not depend on which others were given before it.
const mostFunctions = 100_000

// memo is what is known of the functions of one snapshot of a project, as far as somebody asked.
//
// Questions that are asked at the same time share it without a lock. Each goes its own way through the calls and keeps
// what it has not settled to itself, so that none waits for another, which functions that call each other would have
// them do for ever. An entry is stored when all that it depends on is settled, and never changes. It follows from the
// snapshot alone, wherever the question came from: lengths of shortest ways are what they are. So two questions may
// store an entry twice, and it is the same one.
type memo struct{ entries sync.Map } // of []reached by asked

// asked is a function, and a place in which it runs.
type asked struct {
	Function
	in pyodide.Realms
}

// reached is a fact and how many calls lead there, at least.
type reached struct {
	Fact
	calls int
}

// question is one search through the calls of the project. It finds the groups of functions that lead to each other,
// those first that others lead to.
// Source: Tarjan, Depth-first search and linear graph algorithms, 1972, https://doi.org/10.1137/0201010
type question struct {
	graph *Graph
	in    pyodide.Realms
	memo  *memo
	seen  map[Function]*visit
	open  []*visit // those whose group is not known yet
}

// visit is a function that the question has come to.
type visit struct {
	Function
	number, low int
	open        bool
	to          []Function // whom its calls call, one for each; the zero Function where that is not known
}

// closed are the facts of a function and how far they are, in order.
func (g *Graph) closed(f Function, in pyodide.Realms) []reached {
	q := &question{graph: g, in: in, memo: g.memo, seen: map[Function]*visit{}}
	if _, ok := q.settled(f); !ok {
		q.visit(f)
	}
	facts, _ := q.settled(f)
	return facts
}

func (q *question) settled(f Function) ([]reached, bool) {
	facts, ok := q.memo.entries.Load(asked{f, q.in})
	if !ok {
		return nil, false
	}
	return facts.([]reached), true
}

// visit goes through all that a function leads to. It calls itself as deep as functions of the project call each other:
// mostFunctions at most, for which Go's stack grows.
func (q *question) visit(f Function) *visit {
	v := &visit{Function: f, number: len(q.seen), low: len(q.seen), open: true}
	q.seen[f] = v
	q.open = append(q.open, v)
	calls := q.graph.summary(f).Calls
	v.to = make([]Function, len(calls))
	for i, o := range calls {
		to, ok := q.follow(f, o)
		if !ok {
			continue
		}
		v.to[i] = to
		if _, ok := q.settled(to); ok {
			continue
		}
		if w := q.seen[to]; w == nil {
			v.low = min(v.low, q.visit(to).low)
		} else if w.open {
			v.low = min(v.low, w.number)
		}
	}
	if v.low == v.number {
		first := slices.Index(q.open, v)
		group := q.open[first:]
		q.open = q.open[:first]
		q.settle(group)
	}
	return v
}

// follow is the function that a call of another one is of, if it comes to that where the question is about.
func (q *question) follow(f Function, o flow.Open) (Function, bool) {
	if !o.Realms.Has(q.in) {
		return Function{}, false
	}
	to, ok := q.graph.called(f.File, f.Unit, o)
	return to, ok && q.graph.runsIn(to, q.in)
}

// settle works out the facts of a group of functions that lead to each other, the nearest ones first, and stores them.
func (q *question) settle(group []*visit) {
	s := &settling{question: q, facts: map[Function]map[Fact]int{}, back: map[Function][]caller{}}
	for _, v := range group {
		v.open = false
		s.facts[v.Function] = map[Fact]int{}
	}
	for _, v := range group {
		s.begin(v)
	}
	slices.SortStableFunc(s.begun, func(a, b about) int { return cmp.Compare(a.calls, b.calls) })
	for a, ok := s.nearest(); ok; a, ok = s.nearest() {
		if s.facts[a.Function][a.Fact] == a.calls {
			s.spread(a)
		}
	}
	for f, facts := range s.facts {
		all := make([]reached, 0, len(facts))
		for fact, calls := range facts {
			all = append(all, reached{fact, calls})
		}
		slices.SortFunc(all, func(a, b reached) int { return a.order(b.Fact) })
		q.memo.entries.Store(asked{f, q.in}, all)
	}
}

// settling is a group on its way.
type settling struct {
	*question
	facts map[Function]map[Fact]int
	back  map[Function][]caller
	// begun is what the group does itself or has from outside, and within what it has from that by calls within: both
	// in the order of how far that is.
	begun, within []about
}

// caller is a call within the group.
type caller struct {
	from Function
	call int
}

type about struct {
	Function
	Fact
	calls int
}

// nearest takes what is nearest of all that is to be spread.
func (s *settling) nearest() (next about, ok bool) {
	from := &s.begun
	if len(s.begun) == 0 || len(s.within) > 0 && s.within[0].calls < s.begun[0].calls {
		from = &s.within
	}
	if len(*from) == 0 {
		return about{}, false
	}
	next, *from = (*from)[0], (*from)[1:]
	return next, true
}

// begin notes what a function does itself, and by calls that leave the group.
func (s *settling) begin(v *visit) {
	summary := s.graph.summary(v.Function)
	for _, d := range summary.Deeds {
		if fact, ok := s.done(v.Function, d); ok {
			s.note(&s.begun, about{v.Function, fact, 0})
		}
	}
	for i, to := range v.to {
		if to == (Function{}) {
			s.lose(v.Function, summary.Calls[i])
			continue
		}
		if s.facts[to] != nil {
			s.back[to] = append(s.back[to], caller{v.Function, i})
			continue
		}
		facts, _ := s.settled(to)
		for _, r := range facts {
			s.pass(&s.begun, v.Function, i, about{to, r.Fact, r.calls})
		}
	}
}

// lose notes that of parameters which are passed on to nobody knows whom nobody knows what becomes.
func (s *settling) lose(f Function, o flow.Open) {
	for _, p := range o.Passes {
		if p.Parameter != flow.None && o.Realms.Has(s.in) {
			s.note(&s.begun, about{f, Fact{Act: flow.Loses, By: p.Parameter}, 0})
		}
	}
}

// spread takes a fact to those of the group who call the function.
func (s *settling) spread(a about) {
	for _, c := range s.back[a.Function] {
		s.pass(&s.within, c.from, c.call, a)
	}
}

// pass takes a fact of a function to one that calls it.
func (s *settling) pass(to *[]about, from Function, call int, a about) {
	if fact, ok := s.through(from, call, a.Function, a.Fact); ok {
		s.note(to, about{from, fact, a.calls + 1})
	}
}

func (s *settling) note(to *[]about, a about) {
	if before, ok := s.facts[a.Function][a.Fact]; !ok || a.calls < before {
		s.facts[a.Function][a.Fact] = a.calls
		*to = append(*to, a)
	}
}

// done is the fact that something is which a function does.
func (q *question) done(f Function, d flow.Deed) (Fact, bool) {
	if !d.Realms.Has(q.in) {
		return Fact{}, false
	}
	if d.Act.OfParameter() {
		return Fact{Act: d.Act, By: d.By, Again: d.Repeats}, true
	}
	return Fact{Act: d.Act, Suspends: d.Suspends, Told: q.graph.told(f, d.Realms, q.in), Brief: d.By == flow.None && d.Brief(), By: d.By}, true
}

// through is what a fact of a function is to another by one of its calls.
func (q *question) through(from Function, call int, to Function, fact Fact) (Fact, bool) {
	o := q.graph.summary(from).Calls[call]
	fact, ok := through(o, q.graph.summary(to), fact)
	if fact.Act == flow.Returns && q.graph.summary(from).Gives.Call != call {
		fact.Act = flow.Loses // whatever becomes of what the call gives
	}
	fact.Told = fact.Told || ok && !fact.Act.OfParameter() && q.graph.told(from, o.Realms, q.in)
	return fact, ok
}

// soonest is by what a function comes to a fact of it soonest: something that it does, or else the first such call, and
// the fact of whom it calls.
func (q *question) soonest(f Function, want Fact) (deed, call int, to Function, before Fact) {
	s := q.graph.summary(f)
	for i, d := range s.Deeds {
		if fact, ok := q.done(f, d); ok && fact == want {
			return i, flow.None, Function{}, Fact{}
		}
	}
	call, best := flow.None, 0
	for i, o := range s.Calls {
		next, ok := q.follow(f, o)
		if !ok {
			continue
		}
		facts, _ := q.settled(next)
		for _, r := range facts {
			if fact, ok := q.through(f, i, next, r.Fact); ok && fact == want && (call == flow.None || r.calls < best) {
				call, to, before, best = i, next, r.Fact, r.calls
			}
		}
	}
	return flow.None, call, to, before
}
