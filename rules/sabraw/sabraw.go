// Package sabraw finds buffers of JavaScript that are used as if they were arrays or bytes.
package sabraw

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed sab-raw.md
var doc string

// Rule is sab-raw.
var Rule = &analysis.Rule{
	Name: "sab-raw", Group: analysis.SharedMemory, Severity: analysis.Error, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	if !hasBuffers(p.Unit) {
		return
	}
	b := &buffers{p}
	for _, c := range p.Unit.Flow.Calls() {
		b.handed(c)
	}
	for n := range p.Unit.Tree.Of(syntax.Attribute) {
		b.member(n)
	}
	for n := range p.Unit.Tree.Of(syntax.Subscript) {
		b.use(n, n.Child(syntax.FieldValue), "it has no items", anArray, analysis.Unsafe)
	}
	for _, kind := range []syntax.Kind{syntax.ForStatement, syntax.ForInClause} {
		for n := range p.Unit.Tree.Of(kind) {
			b.use(n.Child(syntax.FieldRight), n.Child(syntax.FieldRight), "it has no items", anArray, analysis.Unsafe)
		}
	}
}

// hasBuffers says whether there is a buffer in the text at all, of which something could be known.
func hasBuffers(u *analysis.Unit) bool {
	for _, c := range u.Flow.Calls() {
		if made := c.Makes(); made == pyodide.SharedBuffer || made == pyodide.OwnBuffer || c.Method == pyodide.BodyMethod {
			return true
		}
	}
	return len(u.Scopes.Attributes("buffer")) > 0
}

// buffers is the rule at work on a text that has some.
type buffers struct{ *analysis.Pass }

// The fixes: an array of the bytes, or these as Python has them.
const (
	anArray   = "%s.new(%s)"
	itsBytes  = "%s.new(%s).to_bytes()"
	nothingIs = ""
)

// handed reports a buffer that is handed to a function which takes bytes, what has items, or an array.
func (b *buffers) handed(c flow.Call) {
	first := analysis.Positional(c.Node, 0)
	_, atomic := pyodide.AtomicAt(c.Path)
	switch {
	case pyodide.BytesTakers[c.Name]:
		b.use(c.Node, first, "Python does not see its bytes", itsBytes, analysis.Unsafe) // which are a copy
	case pyodide.ItemTakers[c.Name]:
		b.use(c.Node, first, "it has no items", anArray, analysis.Unsafe)
	case atomic:
		b.use(c.Node, first, "Atomics cannot work on it", nothingIs, analysis.Shown)
	}
}

// member reports what an array has and a buffer has not, or to_py of a SharedArrayBuffer.
func (b *buffers) member(n syntax.Node) {
	name, object := n.Child(syntax.FieldAttribute).Text(), n.Child(syntax.FieldObject)
	switch {
	case pyodide.ArrayMembers[name]:
		b.use(n, object, "it has no "+name, anArray, analysis.Unsafe)
	case !pyodide.ViewMethods[name] && name != pyodide.ToPython || !b.Unit.Flow.Memory(object).Shared:
	case name == pyodide.ToPython:
		b.use(n, object, "its to_py gives it back as it is", anArray, analysis.Safe)
	default:
		b.use(n, object, "it has no "+name, anArray, analysis.Safe)
	}
}

// use reports an expression if it stands for a buffer, with what is wrong about a place that uses it so.
func (b *buffers) use(at, buffer syntax.Node, wrong, instead string, risk analysis.Applicability) {
	memory := b.Unit.Flow.Memory(buffer)
	if !memory.Made.OK() || b.Unit.Flow.Expects(at, "TypeError", "AttributeError", "JsException") {
		return
	}
	kind := "an ArrayBuffer"
	if memory.Shared {
		kind = "a SharedArrayBuffer"
	}
	b.Report(at, 0, analysis.Finding{
		Message: fmt.Sprintf("%s is %s and no array: %s", buffer.Text(), kind, wrong),
		Related: []analysis.Related{{Span: memory.Made.Span(), Message: "the buffer"}},
		Fixes:   b.fixes(at, buffer, instead, risk), Cause: analysis.Cause{Span: at.Span(), Kind: "raw buffer"},
	})
}

// fixes make an array of bytes on a buffer, for nothing says which numbers it holds.
func (b *buffers) fixes(at, buffer syntax.Node, instead string, risk analysis.Applicability) []analysis.Fix {
	if instead == nothingIs {
		return nil
	}
	name, edits := b.Use(at, "js", "Uint8Array")
	return []analysis.Fix{{
		Title: "Make a Uint8Array on it", Applicability: risk,
		Edits: append(edits, source.Edit{Span: buffer.Span(), New: fmt.Sprintf(instead, name, buffer.Text())}),
	}}
}
