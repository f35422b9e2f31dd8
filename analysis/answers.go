package analysis

import (
	"sync"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// answers are what several rules ask of one unit, each worked out when it is asked for the first time. A rule that asks
// for each call of the text whether it concerns it costs next to nothing where it does not. Nobody may change them.
type answers struct {
	keepers   func() map[int]answer[pyodide.Keeper] // by the id of the call, as the two below
	passings  func() map[int]answer[[]pyodide.Passing]
	callbacks func() map[int]answer[[]pyodide.Callback]
	handovers func() []Handover
	proxies   func() []Proxied
	left      func() []Left
	leads     func() []lead
	keepAlive func() (KeepAlive, bool)
	// givenLater are the attributes that more than __init__ assigns to, by their names.
	givenLater func() map[string][]syntax.Node
}

// answer is what a call is known to be, and by how much a finding is less certain.
type answer[T any] struct {
	is    T
	lower int
}

// newAnswers are those for one unit, as a pass of no rule sees it.
func newAnswers(p Pass) *answers {
	a := &answers{}
	p.answers = a
	a.keepers = ofCalls(&p, p.keeperOf)
	a.passings = ofCalls(&p, p.passingsOf)
	a.callbacks = ofCalls(&p, p.callbacksOf)
	a.handovers = sync.OnceValue(p.readHandovers)
	a.proxies = sync.OnceValue(p.readProxies)
	a.left = sync.OnceValue(p.readLeft)
	a.leads = sync.OnceValue(p.readLeads)
	a.givenLater = sync.OnceValue(p.readGivenLater)
	a.keepAlive = sync.OnceValues(func() (KeepAlive, bool) { return keepAliveOf(p.path(), p.Unit.Flow) })
	return a
}

// ofCalls is the answer for each call of the unit of which there is one.
func ofCalls[T any](p *Pass, ask func(flow.Call) (is T, lower int, ok bool)) func() map[int]answer[T] {
	return sync.OnceValue(func() map[int]answer[T] {
		all := map[int]answer[T]{}
		for _, c := range p.Unit.Flow.Calls() {
			if is, lower, ok := ask(c); ok {
				all[c.Node.ID()] = answer[T]{is, lower}
			}
		}
		return all
	})
}
