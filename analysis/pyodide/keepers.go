package pyodide

import (
	"strconv"
	"strings"
)

// Calls says how often JavaScript calls a callback that it keeps.
type Calls uint8

const (
	// Once is a callback that is called one time at most.
	Once Calls = iota
	// Often is one that may be called again and again.
	Often
)

// Keeper is a JavaScript function that keeps a callback beyond its own return. A Python callable handed to
// it bare is dead by then: Pyodide destroys the proxy that it made for the call.
type Keeper struct {
	Name     string // the function or method
	Callback []int  // the positions of its callbacks among the arguments, from 0
	Calls    Calls
	// Own says that only the platform has a method of that name, so that it means the same on a receiver
	// of which nothing is known.
	Own bool
	// Wrapper is the function of pyodide.ffi.wrappers that does the same and owns the proxy; empty if none.
	Wrapper string
	// Leaves completes "each call adds …": what stays behind of a callback that may be called again and again
	// when nobody keeps its proxy. Handle says that the result of the call ends it all the same.
	Leaves string
	Handle bool
	// When completes "the callback is gone …": what the user of the page then misses.
	When   string
	Source string
}

// keeper is a row of the table as that of a function or a method which keeps arguments of its own.
func (c Callback) keeper() Keeper {
	k := Keeper{
		Name: c.Name(), Own: c.Own, Wrapper: c.Wrapper, Leaves: c.Leaves, Handle: c.Handle, When: c.When, Source: c.Source,
	}
	if c.Often() {
		k.Calls = Often
	}
	for at := range strings.FieldsSeq(c.Arguments) {
		if position, err := strconv.Atoi(at); err == nil {
			k.Callback = append(k.Callback, position)
		}
	}
	return k
}

// keeperAmong is the row of an operation that tells what it keeps.
func keeperAmong(rows []Callback) (Keeper, bool) {
	for _, c := range rows {
		if c.Keeps() && c.Positional() && !c.Constructs() {
			return c.keeper(), true
		}
	}
	return Keeper{}, false
}

// KeeperNamed is the keeper that a path such as "js.setTimeout" leads to.
func KeeperNamed(path string) (Keeper, bool) { return keeperAmong(CallbacksAt(path)) }

// KeeperMethod is the keeper that a method name means on a JavaScript object of which no more is known.
func KeeperMethod(name string) (Keeper, bool) { return keeperAmong(CallbacksNamed(name)) }
