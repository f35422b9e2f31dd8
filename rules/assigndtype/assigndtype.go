// Package assigndtype finds copies between a typed array and numbers that lie in memory in another way.
package assigndtype

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed assign-dtype.md
var doc string

// Rule is assign-dtype.
var Rule = &analysis.Rule{
	Name: "assign-dtype", Group: analysis.SharedMemory, Severity: analysis.Warning, Doc: doc,
	Evidence: analysis.Fails("TypedArray and memorybuffer have incompatible formats"), Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		data := analysis.Positional(c.Node, 0)
		if !pyodide.Assigners[c.Method] || !data.OK() || data.Next().OK() {
			continue
		}
		view, ok := p.Unit.Flow.View(c.Object())
		if !ok || p.Unit.Flow.Expects(c.Node, "TypeError", "ValueError") {
			continue
		}
		a := assignment{p, c, view, data}
		if why, fixes := a.wrong(); why != "" {
			p.Report(c.Node, 0, analysis.Finding{
				Message: why, Related: []analysis.Related{{Span: view.Made.Span(), Message: "the array"}},
				Fixes: fixes, Cause: analysis.Cause{Span: c.Node.Span(), Kind: "assignment to an array"},
			})
		}
	}
}

// assignment is a call of assign or assign_to.
type assignment struct {
	*analysis.Pass
	call flow.Call
	view flow.View
	data syntax.Node
}

// wrong says in words why the numbers do not arrive as they are; nothing where they do, as far as is known.
func (a assignment) wrong() (why string, fixes []analysis.Fix) {
	array, wants := a.view.Array, a.view.Array.Format()
	sequence, isSequence := a.Unit.Flow.Sequence(a.data)
	_, script := a.Unit.Flow.View(a.data)
	format, known := a.Unit.Flow.Format(a.data)
	switch {
	case isSequence:
		if sequence.IsArray && array.Elements != pyodide.BigInts {
			fixes = a.set(true, analysis.Safe)
		}
		return fmt.Sprintf("%s takes bytes or another buffer of Python, and %s is %s", a.call.Method, a.data.Text(), sequence.What), fixes
	case script:
		return fmt.Sprintf("%s takes bytes or another buffer of Python, and %s is an array of JavaScript", a.call.Method, a.data.Text()),
			a.set(false, analysis.Safe)
	case !known || format == wants || array.TypeCode() == "" && array.Bytes > 1: // Pyodide cannot assign to these at all
		return "", nil
	case format.Bytes == wants.Bytes:
		return fmt.Sprintf("%s copies the bytes, and the same bytes are other numbers: %s holds %s and %s %s",
			a.call.Method, array.Name, numbers(wants), a.data.Text(), numbers(format)), a.convert(format)
	case format == pyodide.Bytes:
		fixes = a.cast()
	default:
		fixes = a.convert(format)
	}
	return fmt.Sprintf("%s refuses %s: its items have another size (%d) than the elements of %s (%d)",
		a.call.Method, a.data.Text(), format.Bytes, array.Name, wants.Bytes), fixes
}

// numbers are what a buffer holds.
func numbers(f pyodide.Format) string {
	if f.Float {
		return "floats"
	}
	return "integers"
}

// convert lets JavaScript convert the numbers, which it does not between BigInts and others.
func (a assignment) convert(format pyodide.Format) []analysis.Fix {
	big := a.view.Array.Elements == pyodide.BigInts
	if isBig := format.Bytes == 8 && !format.Float; isBig != big {
		return nil
	}
	return a.set(true, analysis.Unsafe)
}

// set is the method of the array that converts each number.
func (a assignment) set(python bool, risk analysis.Applicability) []analysis.Fix {
	if a.call.Method != pyodide.Assign {
		return nil
	}
	data := a.data.Text()
	var edits []source.Edit
	if python {
		name, imports := a.Use(a.call.Node, "pyodide.ffi", "to_js")
		data, edits = fmt.Sprintf("%s(%s)", name, data), imports
	}
	return []analysis.Fix{{
		Title: "Use set, which converts each number", Applicability: risk,
		Edits: append(edits,
			source.Edit{Span: a.call.Function.Child(syntax.FieldAttribute).Span(), New: "set"},
			source.Edit{Span: a.data.Span(), New: data}),
	}}
}

// cast lets Python see the bytes as what the array holds.
func (a assignment) cast() []analysis.Fix {
	return []analysis.Fix{{
		Title: fmt.Sprintf("Cast the bytes to %q", a.view.Array.TypeCode()),
		Edits: []source.Edit{{Span: a.data.Span(), New: fmt.Sprintf("memoryview(%s).cast(%q)", a.data.Text(), a.view.Array.TypeCode())}},
	}}
}
