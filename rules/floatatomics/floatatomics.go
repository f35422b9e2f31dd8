// Package floatatomics finds arrays and numbers that Atomics refuses.
package floatatomics

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed float-atomics.md
var doc string

// Rule is float-atomics.
var Rule = &analysis.Rule{
	Name: "float-atomics", Group: analysis.SharedMemory, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.Fails("is not an integer typed array", "is not an int32 or BigInt64 typed array",
		"is not a shared typed array", "to a BigInt"),
	Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		function, ok := pyodide.AtomicAt(c.Path)
		if !ok {
			continue
		}
		view, ok := p.Unit.Flow.View(analysis.Positional(c.Node, 0))
		if !ok || p.Unit.Flow.Expects(c.Node, "JsException") {
			continue
		}
		why, fixes := refuses(p, function, view, c)
		if why == "" {
			continue
		}
		p.Report(c.Node, 0, analysis.Finding{
			Message: why, Related: []analysis.Related{{Span: view.Made.Span(), Message: "the array"}},
			Fixes: fixes, Cause: analysis.Cause{Span: c.Node.Span(), Kind: "atomic access"},
		})
	}
}

// refuses says in words why a call of Atomics fails; nothing where it does not, as far as is known.
func refuses(p *analysis.Pass, function pyodide.Atomic, view flow.View, call flow.Call) (why string, fixes []analysis.Fix) {
	array := view.Array
	switch {
	case !function.Takes(array) && function.Waits:
		return fmt.Sprintf("Atomics.%s takes Int32Array and BigInt64Array only, and this is no such array but %s", function.Name, array.Name),
			remake(p, function, view)
	case !function.Takes(array) && array.Elements == pyodide.Floats:
		return fmt.Sprintf("Atomics.%s works on integers only, and the numbers of %s are not", function.Name, array.Name), nil
	case !function.Takes(array):
		return fmt.Sprintf("Atomics.%s takes no %s, whose numbers are clamped", function.Name, array.Name), remake(p, function, view)
	case function.Shared && view.On.Made.OK() && !view.On.Shared:
		return fmt.Sprintf("Atomics.%s waits on shared memory only, and that of this %s is not shared", function.Name, array.Name), nil
	case array.Elements != pyodide.BigInts:
		return "", nil
	}
	for _, position := range function.Numbers {
		argument := analysis.Positional(call.Node, position)
		if n := p.Unit.Flow.Count(argument); n.Known && -pyodide.BigIntFrom < n.N && n.N < pyodide.BigIntFrom {
			return fmt.Sprintf("%s holds BigInts, and %s becomes a Number, which Atomics.%s does not convert", array.Name, argument.Text(), function.Name), nil
		}
	}
	return "", nil
}

// remake makes an array of the same size of a kind that the function takes, if there is one.
func remake(p *analysis.Pass, function pyodide.Atomic, view flow.View) []analysis.Fix {
	maker := view.Made.Child(syntax.FieldFunction).Child(syntax.FieldObject)
	instead, ok := function.Instead(view.Array)
	if made, _ := pyodide.ArrayNamed(p.Unit.Scopes.Canonical(maker)); !ok || made != view.Array {
		return nil
	}
	name, edits := p.Use(view.Made, "js", instead.Name)
	return []analysis.Fix{{
		Title: "Use " + instead.Name, Applicability: analysis.Unsafe, // its numbers have another range
		Edits: append(edits, source.Edit{Span: maker.Span(), New: name}),
	}}
}
