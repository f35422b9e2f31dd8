// Package rawbytes finds bytes and lists of Python that are handed over where JavaScript wants memory.
package rawbytes

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed raw-bytes.md
var doc string

// Rule is raw-bytes.
var Rule = &analysis.Rule{
	Name: "raw-bytes", Group: analysis.Conversion, Severity: analysis.Warning, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	if p.View.AutoProxies || p.PerhapsMicroPython() {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		if c.Path == "" {
			continue
		}
		m, ok := pyodide.MemberAt(c.Path)
		if !ok || len(m.Wants) == 0 && len(m.Options) == 0 || p.Unit.Flow.Place(c.Node) == flow.OnHost || p.OverThere(c.Function) {
			continue
		}
		r := &handover{p, c, p.Versions()}
		for _, w := range m.Wants {
			r.argument(analysis.Positional(c.Node, w.At), w)
		}
		for _, o := range m.Options {
			r.options(o)
		}
	}
}

// handover is a call that hands something to an operation which wants memory, in some versions.
type handover struct {
	*analysis.Pass
	call     flow.Call
	versions pyodide.Versions
}

// argument reports an argument, or what is in a list where the items are meant.
func (r *handover) argument(n syntax.Node, w pyodide.Wanted) {
	if !w.Items {
		r.value(n, w)
		return
	}
	if _, ok := r.Unit.Flow.Format(n); ok {
		r.report(n, w, fmt.Sprintf("%s goes through these bytes as numbers, and makes text of each: it wants a list of parts", analysis.CallName(r.call)),
			[]analysis.Fix{r.inList(n)})
		return
	}
	items, _ := r.Unit.Flow.Listed(n)
	for _, item := range items {
		if r.call.Node.Holds(item) {
			r.value(item, w)
		}
	}
}

// options reports the members of options that are handed over as keywords, or in a dict of which JavaScript sees the keys.
func (r *handover) options(o pyodide.Options) {
	arguments, _ := flow.Arguments(r.call.Node)
	if o.At == len(arguments) {
		for a := range r.call.Node.Child(syntax.FieldArguments).Children() {
			if a.Kind() == syntax.KeywordArgument {
				r.member(o, a.Child(syntax.FieldName).Text(), a.Child(syntax.FieldValue))
			}
		}
	}
	if o.At >= len(arguments) || r.versions.And(pyodide.SeesKeys) == 0 {
		return
	}
	d, _ := r.Unit.Flow.Dict(arguments[o.At])
	seen := &handover{r.Pass, r.call, r.versions.And(pyodide.SeesKeys)}
	for _, item := range d.Items {
		if r.call.Node.Holds(item.Node) && !pyodide.OfDicts[item.Key] {
			seen.member(o, item.Key, item.Value)
		}
	}
}

func (r *handover) member(o pyodide.Options, name string, value syntax.Node) {
	m, _ := o.Option(name)
	for _, w := range m.Wants {
		r.value(value, w)
	}
}

// value reports an expression that stands where memory is wanted.
func (r *handover) value(n syntax.Node, w pyodide.Wanted) {
	format, bytes := r.Unit.Flow.Format(n)
	sequence, list := r.Unit.Flow.Sequence(n)
	if !bytes && !(list && sequence.IsArray) {
		return
	}
	function := analysis.CallName(r.call)
	message := map[string]string{
		"text":    "%s makes text of this, as print does: JavaScript sees a proxy of it, and no bytes",
		"number":  "%s takes this for the number 0: JavaScript sees a proxy of it, and no bytes",
		"refused": "%s does not take this: JavaScript sees a proxy of it, and no bytes",
	}[w.Becomes]
	r.report(n, w, fmt.Sprintf(message, function), r.fixes(n, w, format, bytes))
}

func (r *handover) report(n syntax.Node, w pyodide.Wanted, message string, fixes []analysis.Fix) {
	if w.Becomes != "text" && r.Unit.Flow.Expects(r.call.Node, "TypeError", "JsException") {
		return
	}
	r.Report(n, 0, analysis.Finding{
		Message: message, Versions: r.versions, Fixes: fixes, Cause: analysis.Cause{Span: n.Span(), Kind: "bytes"},
	})
}

// fixes copy what is handed over to an array of JavaScript. What is to be written into is of no use then, and what is
// wanted of other numbers is not known.
func (r *handover) fixes(n syntax.Node, w pyodide.Wanted, format pyodide.Format, bytes bool) []analysis.Fix {
	array, known := pyodide.ArrayNamed("js." + w.Array)
	switch {
	case pyodide.Fillers[r.call.Method]:
		return nil
	case bytes && (!known || array.Format() == format):
		name, edits := r.Use(n, "pyodide.ffi", "to_js")
		return []analysis.Fix{around(n, "Convert it with to_js", name, edits)}
	case bytes:
		return nil
	case !known:
		name, edits := r.Use(n, "js", "Uint8Array")
		fix := around(n, "Make a Uint8Array of it", name+".new", edits)
		fix.Applicability = analysis.Unsafe // its numbers may be other ones than bytes
		return []analysis.Fix{fix}
	}
	name, edits := r.Use(n, "js", w.Array)
	return []analysis.Fix{around(n, "Make a "+w.Array+" of it", name+".new", edits)}
}

// inList makes a list of one part, converted.
func (r *handover) inList(n syntax.Node) analysis.Fix {
	name, edits := r.Use(n, "pyodide.ffi", "to_js")
	return analysis.Fix{
		Title: "Convert it with to_js, in a list", Edits: append(edits, source.Edit{Span: n.Span(), New: name + "([" + n.Text() + "])"}),
	}
}

func around(n syntax.Node, title, function string, edits []source.Edit) analysis.Fix {
	return analysis.Fix{Title: title, Edits: append(edits, source.Edit{Span: n.Span(), New: function + "(" + n.Text() + ")"})}
}
