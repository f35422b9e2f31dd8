package pyodide

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Does is what an operation of JavaScript does with something of Python that it is given bare. Pyodide makes a proxy of
// it for the call, and destroys that when the call returns, or when what it promised is there.
// Source: https://pyodide.org/en/stable/usage/type-conversions.html#calling-javascript-functions-from-python
type Does uint8

const (
	// KeepsOnce and KeepsOften are for what is called after the call has returned, when the proxy is gone: one time at
	// most, or again and again.
	KeepsOnce Does = iota
	KeepsOften
	// CallsAtOnce is for what is called before the call returns, and not after that.
	CallsAtOnce
	// Promises is for what is called while the call has something to promise; until then the proxy lives.
	Promises
	// Stores is for what is put where JavaScript finds it later, when the proxy is gone.
	Stores
	// Compares is for what is compared with what was kept, and is never called.
	Compares
)

// Callback is an operation of JavaScript that takes callbacks, or stores what it is given, and what it does with them.
// No specification says that in a form that can be read by machine.
type Callback struct {
	// Operation is its name, with that of its interface: "Geolocation.watchPosition", "Map.new". There may be several.
	Operation string
	// Arguments are those that it is about, from 0: "0 1", "0.pull" for a member of options, "2+" for all from 2 on.
	Arguments string
	Does      Does
	// Own says that only the platform has a method of that name, so that it means the same on a receiver of which nothing
	// is known; Named that it does on an object of JavaScript.
	Own, Named bool
	// Wrapper is the function of pyodide.ffi.wrappers that does the same and owns the proxy; empty if none.
	Wrapper string
	// Leaves completes "each call adds …": what stays behind of a callback that may be called again and again
	// when nobody keeps its proxy. Handle says that the result of the call ends it all the same.
	Leaves string
	Handle bool
	// When completes "the callback is gone …": what the user of the page then misses.
	When   string
	Source string
	// Proof is Python that shows it: do(lambda f: …) is the call, with f for what is given. What stands behind it has
	// JavaScript make use of f.
	Proof string
	// Unproven says why there is no proof, or why nothing makes use of f in it.
	Unproven string
}

// Keeps says whether what is given is called after the call has returned.
func (c Callback) Keeps() bool { return c.Does == KeepsOnce || c.Does == KeepsOften }

// Often says whether it may be called again and again.
func (c Callback) Often() bool { return c.Does == KeepsOften }

// Constructs says whether the operation is a constructor.
func (c Callback) Constructs() bool { return strings.HasSuffix(c.Operation, ".new") }

// Positional says whether it is about arguments that are no members of options.
func (c Callback) Positional() bool {
	return slices.ContainsFunc(strings.Fields(c.Arguments), func(at string) bool { return !strings.Contains(at, ".") })
}

// Takes says whether the callback is about an argument that stands at a position.
func (c Callback) Takes(position int) bool {
	for at := range strings.FieldsSeq(c.Arguments) {
		from, more := strings.CutSuffix(at, "+")
		if n, err := strconv.Atoi(from); err == nil && (n == position || more && n < position) {
			return true
		}
	}
	return false
}

// Member says whether it is about a member of options, and at which position these stand.
func (c Callback) Member(name string) (position int, ok bool) {
	for at := range strings.FieldsSeq(c.Arguments) {
		if options, member, _ := strings.Cut(at, "."); member == name && name != "" {
			position, _ = strconv.Atoi(options)
			return position, true
		}
	}
	return 0, false
}

// Name is what the operation is called: "watchPosition", "Map.new".
func (c Callback) Name() string {
	if c.Constructs() {
		return c.Operation
	}
	return c.Operation[strings.LastIndexByte(c.Operation, '.')+1:]
}

// all are the rows of all tables.
var all = sync.OnceValue(func() []Callback {
	return slices.Concat(webCallbacks[:], javaScriptCallbacks[:], libraryCallbacks[:])
})

// byOperation are the rows by operation.
var byOperation = sync.OnceValue(func() map[string][]Callback {
	rows := map[string][]Callback{}
	for _, c := range all() {
		for name := range strings.FieldsSeq(c.Operation) {
			c.Operation = name
			rows[name] = append(rows[name], c)
		}
	}
	return rows
})

// byName are the rows of methods whose names tell what they are.
var byName = sync.OnceValue(func() map[string][]Callback {
	rows := map[string][]Callback{}
	for _, c := range all() {
		for name := range strings.FieldsSeq(c.Operation) {
			c.Operation = name
			if (c.Own || c.Named) && rows[c.Name()] == nil {
				rows[c.Name()] = []Callback{c}
			}
		}
	}
	return rows
})

// Callbacks are what the tables have.
func Callbacks() []Callback { return all() }

// CallbacksAt are what an operation does that a path leads to, as "js.setTimeout" or "js.Map.new().set"; none where that
// is not known.
func CallbacksAt(path string) []Callback {
	m, ok := MemberAt(path)
	if !ok {
		return nil
	}
	return m.callbacksOf()
}

func (m Member) callbacksOf() []Callback {
	if rows := byOperation()[m.Of+"."+m.Name]; rows != nil || m.Name != "forEach" {
		return rows
	}
	return byOperation()["*."+m.Name]
}

// CallbacksNamed are what a method of a name does on an object of JavaScript of which no more is known; none where other
// objects may have another method of that name.
func CallbacksNamed(name string) []Callback { return byName()[name] }

// OwnMethods are the names of methods that only the platform has; a class that defines a method of such a
// name takes the certainty away.
func OwnMethods() []string {
	var names []string
	for name, rows := range byName() {
		if rows[0].Own {
			names = append(names, name)
		}
	}
	return names
}

// Remote says whether a canonical name reaches from a worker over to the page, as polyscript's xworker does.
// What is said there of callbacks and what happens differ between releases, so nothing is concluded.
func Remote(canonical string) bool { return hasPart(canonical, "polyscript.xworker") }
