// Package proxyidentity finds proxies that are taken for the objects of JavaScript that they stand for.
package proxyidentity

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed proxy-identity.md
var doc string

// Rule is proxy-identity.
var Rule = &analysis.Rule{
	Name: "proxy-identity", Group: analysis.Conversion, Severity: analysis.Warning, Doc: doc,
	Evidence: analysis.Fails("unhashable type: 'pyodide.ffi.JsProxy'", "cannot pickle 'pyodide.ffi.JsProxy' object"), Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		switch {
		case c.Name == "builtins.isinstance":
			instance(p, c)
		case pyodide.Hashes[c.Name]:
			hashed(p, c.Node, analysis.Positional(c.Node, 0))
		case pyodide.Pickles[c.Name]:
			copied(p, c)
		case c.Method == "add" && p.Unit.Flow.Proxied(c.Object()) == "set":
			hashed(p, c.Node, analysis.Positional(c.Node, 0))
		}
	}
	for n := range p.Unit.Tree.Of(syntax.Set) {
		for element := range n.Children() {
			hashed(p, n, element)
		}
	}
	for n := range p.Unit.Tree.Of(syntax.Pair) {
		hashed(p, n, n.Child(syntax.FieldKey))
	}
	for n := range p.Unit.Tree.Of(syntax.Assignment) {
		if left := n.Child(syntax.FieldLeft); left.Kind() == syntax.Subscript && p.Unit.Flow.Proxied(left.Child(syntax.FieldValue)) == "dict" {
			hashed(p, n, left.Child(syntax.FieldSubscript))
		}
	}
	for n := range p.Unit.Tree.Of(syntax.ComparisonOperator) {
		same(p, n)
	}
}

// instance speaks of "isinstance(x, js.Array)", of a tuple with such a class among others as well.
func instance(p *analysis.Pass, c flow.Call) {
	of := analysis.Positional(c.Node, 1)
	classes := []syntax.Node{of}
	if of.Kind() == syntax.Tuple {
		classes = nil
		for class := range of.Children() {
			classes = append(classes, class)
		}
	}
	for _, class := range classes {
		path, ok := p.Unit.Flow.Exactly(class)
		if !ok || !pyodide.IsClass(path) {
			continue
		}
		report(p, c.Node, class, "TypeError", analysis.Finding{
			Message: fmt.Sprintf("%s is a class of JavaScript and no type to Python: isinstance raises a TypeError", class.Text()),
			Fixes:   another(p, c, of, class, path),
		})
	}
}

// another asks in a way that Python has: by a class of pyodide.ffi, or by what JavaScript says of its prototype.
func another(p *analysis.Pass, c flow.Call, of, class syntax.Node, path string) []analysis.Fix {
	if known, ok := pyodide.ProxyClasses[path]; ok {
		local, edits := p.Use(c.Node, "pyodide.ffi", known.Name)
		fix := analysis.Fix{Title: "Use " + known.Name, Edits: append(edits, source.Edit{Span: class.Span(), New: local})}
		if known.Wider {
			fix.Applicability = analysis.Unsafe
		}
		return []analysis.Fix{fix}
	}
	if of != class {
		return nil
	}
	return []analysis.Fix{{Title: "Ask its prototype", Edits: []source.Edit{{
		Span: c.Node.Span(), New: fmt.Sprintf("%s.prototype.isPrototypeOf(%s)", class.Text(), analysis.Positional(c.Node, 0).Text()),
	}}}}
}

// proxy says whether an expression certainly is a proxy, and whether it may be null as well.
func proxy(p *analysis.Pass, n syntax.Node) (is, null bool) {
	path, ok := p.Unit.Flow.Exactly(n)
	if !ok {
		return false, false
	}
	return pyodide.IsProxy(path)
}

// hashed speaks of an element of a set or a key of a dict.
func hashed(p *analysis.Pass, at, value syntax.Node) {
	if is, null := proxy(p, value); is && !null {
		report(p, at, value, "TypeError", analysis.Finding{
			Message: fmt.Sprintf("%s is a proxy, which has no hash: this raises a TypeError", value.Text()),
		})
	}
}

func copied(p *analysis.Pass, c flow.Call) {
	value := analysis.Positional(c.Node, 0)
	if is, null := proxy(p, value); is && !null {
		report(p, c.Node, value, "TypeError", analysis.Finding{
			Message: fmt.Sprintf("%s is a proxy, which cannot be pickled: %s raises a TypeError", value.Text(), c.Function.Text()),
		})
	}
}

// same speaks of "is" between two proxies, of which each expression makes one of its own.
func same(p *analysis.Pass, n syntax.Node) {
	left := n.First()
	operator := left.Next()
	right := operator.Next()
	is, not := operator.Text() == "is", operator.Text() == "is not"
	if !is && !not || right.Next().OK() || !made(p, left) && !made(p, right) {
		return
	}
	one, perhaps := proxy(p, left)
	other, also := proxy(p, right)
	if !one || !other || perhaps && also { // null is null
		return
	}
	outcome, equal := "never true", "=="
	if not {
		outcome, equal = "always true", "!="
	}
	report(p, n, n, "", analysis.Finding{
		Message: fmt.Sprintf("each of these makes a proxy of its own, even of one object: this is %s", outcome),
		Fixes:   []analysis.Fix{{Title: "Compare the objects", Edits: []source.Edit{{Span: operator.Span(), New: equal}}}},
	})
}

// made says whether an expression makes a proxy where it stands, and is no name for one.
func made(p *analysis.Pass, n syntax.Node) bool {
	return (n.Kind() == syntax.Attribute || n.Kind() == syntax.Call || n.Kind() == syntax.Subscript) && p.Unit.Flow.Definition(n) == n
}

func report(p *analysis.Pass, at, value syntax.Node, raises string, finding analysis.Finding) {
	if p.Unit.Flow.Place(at) == flow.OnHost || raises != "" && p.Unit.Flow.Catches(at, raises) {
		return
	}
	finding.Cause = analysis.Cause{Span: value.Span(), Kind: "identity"}
	p.Report(value, 0, finding)
}
