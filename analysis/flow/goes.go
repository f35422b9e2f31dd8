package flow

import (
	"cmp"
	"slices"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Becomes is what becomes of a value in one place.
type Becomes uint8

const (
	// Unknown is a place that cannot be read, or the end of what one question may cost.
	Unknown Becomes = iota
	// Argument is a call that the value is handed to; At is the call.
	Argument
	// Called is a call of the value; At is the call.
	Called
	// Destroyed is a call of its destroy method, or of destroy_proxies; At is the call.
	Destroyed
	// Attributed is an assignment to an attribute that the value is given to; At is the attribute, or the call of
	// setattr. Where the attribute is one of self, its uses by other methods of the class follow.
	Attributed
	// Contained is a container that the value is put into; At is what puts it there, Into the container.
	Contained
	// Captured is a function or lambda that refers to the value and outlives the name for it; At is that function.
	// What it does with the value follows.
	Captured
	// OfModule is a name of the module for the value; At is the name where it is bound.
	OfModule
	// Returned and Yielded are the statement or the lambda that gives the value to a caller.
	Returned
	Yielded
	// Awaited is an await of the value.
	Awaited
	// Tested is a condition, a comparison, a print: nothing becomes of the value.
	Tested
	// Asked is an attribute, an item or a method of the value that is asked for; At is what asks.
	Asked
	// Lost is an expression statement of nothing but the value.
	Lost
	// Deleted is a del of a name for the value.
	Deleted
)

var becomesNames = [...]string{
	"unknown", "argument", "called", "destroyed", "attributed", "contained", "captured", "of module", "returned",
	"yielded", "awaited", "tested", "asked", "lost", "deleted",
}

func (b Becomes) String() string { return becomesNames[b] }

// Use is one place that a value reaches.
type Use struct {
	Becomes Becomes
	Node    syntax.Node // the expression that stands there for the value, or for what holds it
	At      syntax.Node // what does it; see each kind
	Into    syntax.Node // the container that it is put into
	// Position is that among the positional arguments, from 0; -1 for another argument, and behind a "*".
	Position int
	Keyword  string // of an argument that is handed by name
	// Inside says that the use is of something that holds the value: a container, a partial, a bound method.
	Inside bool
	// Sure says that what stands there is this value, as far as the text shows; it is not where a name or an
	// attribute is given others, too.
	Sure bool
}

// Goes are the places that the value of an expression reaches within the text, in its order: through names,
// containers, attributes of self and the functions that refer to it. Calls are not entered. Nobody may change them.
func (f *File) Goes(value syntax.Node) []Use {
	return f.gone.of(value, func() []Use {
		t := f.tracer()
		t.value(value, state{sure: true})
		return t.sorted()
	})
}

// GoesFrom is Goes for what a name of the text stands for, a parameter above all; of "*rest" for each of what it holds.
func (f *File) GoesFrom(name *scope.Name) []Use {
	if name == nil {
		return nil
	}
	t := f.tracer()
	s := state{sure: len(name.Bindings) == 1}
	switch name.Bindings[0].Node.Parent().Kind() {
	case syntax.ListSplatPattern, syntax.DictionarySplatPattern:
		s.inside = name.Bindings[0].How == scope.ByParameter
	}
	t.name(name, s)
	return t.sorted()
}

// tracer is one question about where a value goes. seen are the names and attributes that it has come through.
type tracer struct {
	*query
	uses []Use
	seen []passage
}

// passage is a name or an attribute, by the node or name that stands for it, through which a value goes.
type passage struct {
	name      *scope.Name
	class     int
	attribute string
	inside    bool
}

// state is what the tracer knows of the expression in its hand.
type state struct{ inside, sure bool }

func (s state) within() state { return state{true, s.sure} }
func (s state) out() state    { return state{false, false} } // which one of those that are held is not known
func (s state) doubted() state {
	s.sure = false
	return s
}

func (f *File) tracer() *tracer { return &tracer{query: f.ask(), uses: make([]Use, 0, 4)} }

// came says whether the value has come through a name or an attribute before, and notes that it has now.
func (t *tracer) came(by passage) bool {
	if slices.Contains(t.seen, by) {
		return true
	}
	t.seen = append(t.seen, by)
	return false
}

func (t *tracer) add(kind Becomes, n, at syntax.Node, s state) {
	t.uses = append(t.uses, Use{Becomes: kind, Node: n, At: at, Position: -1, Inside: s.inside, Sure: s.sure})
}

func (t *tracer) sorted() []Use {
	slices.SortStableFunc(t.uses, func(a, b Use) int {
		return cmp.Or(cmp.Compare(a.Node.ID(), b.Node.ID()), cmp.Compare(a.Becomes, b.Becomes))
	})
	return t.uses
}

// spentOn notes that the question has become too long, once.
func (t *tracer) spentOn(n syntax.Node) bool {
	if !t.spent() {
		return false
	}
	if len(t.uses) == 0 || t.uses[len(t.uses)-1].Becomes != Unknown {
		t.add(Unknown, n, n, state{})
	}
	return true
}
