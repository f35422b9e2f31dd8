package flow

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// MayFail says whether what a call gives to await may plainly fail: it is a promise, or the coroutine of a library of the
// bridge, or one of the text that raises something, or awaits what may fail, with nothing around that to catch it.
func (f *File) MayFail(c Call) bool { return f.mayFail(c, carryLimit) }

func (f *File) mayFail(c Call, depth int) bool {
	pending := f.Pending(c)
	switch {
	case pending == nil || depth == 0:
		return false
	case !pending.Coroutine:
		return true
	}
	o, ok := f.Open(c)
	if !ok || o.Function == None {
		return !strings.HasPrefix(f.Called(c), "asyncio.")
	}
	function := f.named().functions[o.Function]
	return some(function.Child(syntax.FieldBody), func(n syntax.Node) bool {
		if f.scopes.Function(n) != function || caught(n, "suppress(", func(syntax.Node) bool { return true }) {
			return false
		}
		awaited, ok := f.CallAt(n.First())
		return n.Kind() == syntax.RaiseStatement || n.Kind() == syntax.Await && ok && f.mayFail(awaited, depth-1)
	})
}

// FailsWith is what a call of a kind that makes a future is given that may fail, if that is made there, and the versions
// on which nothing says so as long as the future is held.
func (f *File) FailsWith(c Call) (given Call, versions pyodide.Versions) {
	if !pyodide.MakesFuture(c.Name) && !pyodide.MakesFuture(c.Method) {
		return Call{}, 0
	}
	muted, ok := pyodide.MutedBy(f.Called(c))
	if !ok {
		return Call{}, 0
	}
	arguments, _ := Arguments(c.Node)
	if !muted.All && len(arguments) > 1 {
		arguments = arguments[:1]
	}
	for _, a := range arguments {
		if given, ok := f.CallAt(a); ok && f.MayFail(given) {
			if f.Pending(given).Coroutine {
				return given, muted.Coroutines
			}
			return given, muted.Promises
		}
	}
	return Call{}, 0
}
