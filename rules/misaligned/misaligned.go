// Package misaligned finds typed arrays that do not fit the buffer that they are made on.
package misaligned

import (
	_ "embed"
	"fmt"
	"strconv"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed misaligned.md
var doc string

// Rule is misaligned.
var Rule = &analysis.Rule{
	Name: "misaligned", Group: analysis.SharedMemory, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.Fails("should be a multiple of", "is outside the bounds of the buffer", "Invalid typed array length"),
	Check:    check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		if _, by, ok := pyodide.ArrayMade(c.Makes()); !ok || by != "new" {
			continue
		}
		v, _ := p.Unit.Flow.View(c.Node)
		if !v.On.Made.OK() || p.Unit.Flow.Expects(c.Node, "JsException") {
			continue // nothing is known of its buffer, or it is to fail
		}
		why, fixes := misfit(v, c)
		if why == "" {
			continue
		}
		p.Report(c.Node, 0, analysis.Finding{
			Message: why, Related: made(v.On), Fixes: fixes, Cause: analysis.Cause{Span: c.Node.Span(), Kind: "array on a buffer"},
		})
	}
}

// misfit says in words why an array cannot be made where it is to be, in the order in which JavaScript looks;
// nothing where it can be, as far as is known.
// Source: https://tc39.es/ecma262/#sec-initializetypedarrayfromarraybuffer
func misfit(v flow.View, call flow.Call) (why string, fixes []analysis.Fix) {
	name, bytes, size := v.Array.Name, v.Array.Bytes, v.On.Size
	if !v.Offset.Known {
		return "", nil
	}
	arguments, _ := flow.Arguments(call.Node)
	left := size.N - v.Offset.N
	toEnd := len(arguments) < 3 || arguments[2].Kind() == syntax.None
	switch {
	case v.Offset.N%bytes != 0:
		return fmt.Sprintf("%s cannot begin at byte %d, which is no multiple of the %d bytes of its elements", name, v.Offset.N, bytes),
			realign(v, arguments[1])
	case v.Offset.N < 0:
		return fmt.Sprintf("%s cannot begin at byte %d, before its buffer", name, v.Offset.N), nil
	case !size.Known:
	case left < 0:
		return fmt.Sprintf("%s cannot begin at byte %d of a buffer of %d bytes", name, v.Offset.N, size.N), nil
	case toEnd && left%bytes != 0:
		return fmt.Sprintf("%d bytes are no whole number of the %d bytes of an element of %s", left, bytes, name), nil
	case !toEnd && v.Length.Known && v.Length.N*bytes > left:
		return fmt.Sprintf("%d elements of %s take %d bytes, and the buffer has %d from byte %d on",
			v.Length.N, name, v.Length.N*bytes, left, v.Offset.N), nil
	}
	return "", nil
}

// realign begins at the next byte at which the array can, if all that it is to hold still fits behind it.
func realign(v flow.View, offset syntax.Node) []analysis.Fix {
	bytes := v.Array.Bytes
	next := (v.Offset.N/bytes + 1) * bytes
	left := v.On.Size.N - next
	fits := v.Length.Known && v.Length.N*bytes <= left || !offset.Next().OK() && left >= 0 && left%bytes == 0
	if offset.Kind() != syntax.Integer || !v.On.Size.Known || !fits {
		return nil
	}
	return []analysis.Fix{{
		Title: fmt.Sprintf("Begin at byte %d", next), Applicability: analysis.Unsafe, // what else lies there is not known
		Edits: []source.Edit{{Span: offset.Span(), New: strconv.Itoa(next)}},
	}}
}

// made is the place where a buffer was made.
func made(m flow.Memory) []analysis.Related {
	return []analysis.Related{{Span: m.Made.Span(), Message: "the buffer"}}
}
