package flow

import (
	"strconv"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Act is a kind of thing that a function does and that whoever calls it may have to know of.
type Act uint8

const (
	// Waits is a call that keeps its thread until some time is up (pyodide.Blockers).
	Waits Act = iota
	// Requests is one that keeps it until a server has answered (pyodide.Requests).
	Requests
	// Draws is a use of what only a page has, such as its document.
	Draws
	// Awaits is an await of something that no function of the project gives: others may run meanwhile.
	Awaits

	// What follows becomes of a parameter (Deed.By). Keeps is that something holds it which outlives the call.
	Keeps
	// Hands is that JavaScript is given it, and keeps it (pyodide.Keeper).
	Hands
	// Destroys is that its destroy method is called, Invokes that it is called itself.
	Destroys
	Invokes
	// Returns is that whoever calls the function has it back.
	Returns
	// Loses is anything else: what becomes of it is not known.
	Loses
)

// OfParameter says whether it becomes of a parameter.
func (a Act) OfParameter() bool { return a >= Keeps }

// Deed is one such thing, and where it is done.
type Deed struct {
	Act  Act
	What string // for people: "time.sleep", "js.document"; empty for what has no name
	At   source.Range
	// Realms are the places in which the guards around it let it run.
	Realms pyodide.Realms
	// Suspends is as in pyodide.Blocker.
	Suspends bool
	// Seconds is how long it takes if a constant says so, else Unsaid.
	Seconds float64
	// By is the parameter of the function that says how long it takes, or that it becomes of, else None.
	By int
	// Repeats says that it is done again and again while the function runs.
	Repeats bool
}

const (
	// Unsaid is a time that no constant says.
	Unsaid = -1
	// None is no parameter, no function, or no class.
	None = -1
)

// Brief says whether it is over before anyone can notice.
func (d Deed) Brief() bool { return Brief(d.Seconds, d.Repeats) }

// Brief says whether something that takes so long is over before anyone can notice, which is otherwise where it is done
// again and again.
func Brief(seconds float64, repeats bool) bool {
	return seconds == 0 || seconds != Unsaid && seconds < pyodide.LongTask && !repeats
}

// Blocking is what a call keeps its thread for; ok is false for one that is not known to do so. Where it stands and who
// says how long it takes is left out, which only a summary has.
func (f *File) Blocking(c Call) (d Deed, ok bool) {
	if blocker, ok := f.Blocker(c.Name); ok {
		long := Positional(c.Node, blocker.Argument)
		d := Deed{Act: Waits, What: c.Name, Suspends: blocker.Suspends, Seconds: seconds(long), By: None, Repeats: f.Repeats(c.Node)}
		return d, long.OK() || blocker.Argument < 0 // without the argument it is a TypeError, and none of our business
	}
	request, ok := pyodide.Requests[c.Name]
	if !ok && !f.opensSynchronously(c) || sendsNothing(c.Node) || f.AsksForRealm(c.Node) {
		return Deed{}, false
	}
	name := c.Name
	if !ok {
		name = "" // of a method of a JavaScript object
	}
	return Deed{Act: Requests, What: name, Suspends: request.Suspends, Seconds: Unsaid, By: None, Repeats: f.Repeats(c.Node)}, true
}

// opensSynchronously says whether a call is open("GET", url, False) of an XMLHttpRequest.
func (f *File) opensSynchronously(c Call) bool {
	if c.Method != "open" || Positional(c.Node, 2).Kind() != syntax.False {
		return false
	}
	path, _ := f.JavaScript(f.Definition(c.Object()))
	return path == pyodide.XMLHttpRequest
}

// sendsNothing says whether the address that a request is for is known to hold its own answer.
func sendsNothing(call syntax.Node) bool {
	for argument := range call.Child(syntax.FieldArguments).Children() {
		if text, ok := syntax.Constant(argument); ok && pyodide.IsLocal(text) {
			return true
		}
	}
	return false
}

// seconds is a number that is written out, else Unsaid.
func seconds(n syntax.Node) float64 {
	if k := n.Kind(); k != syntax.Integer && k != syntax.Float {
		return Unsaid
	}
	value, err := strconv.ParseFloat(n.Text(), 64)
	if err != nil {
		return Unsaid
	}
	return value
}
