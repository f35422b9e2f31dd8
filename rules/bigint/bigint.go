// Package bigint finds numbers that JavaScript gets as BigInts where it takes none, and those that it does not get as such
// where it takes nothing else.
package bigint

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

//go:embed bigint.md
var doc string

// Rule is bigint.
var Rule = &analysis.Rule{
	Name: "bigint", Group: analysis.Conversion, Severity: analysis.Warning, Doc: doc,
	Evidence: analysis.Fails("Cannot convert a BigInt value to a number", "Do not know how to serialize a BigInt", "to a BigInt"), Check: check,
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		switch {
		case c.Path == "" && c.Method != pyodide.Fill:
		case pyodide.Serializers[c.Path]:
			serialized(p, c)
		default:
			handed(p, c)
			items(p, c)
		}
	}
	for n := range p.Unit.Tree.Of(syntax.Assignment) {
		left := n.Child(syntax.FieldLeft)
		if left.Kind() != syntax.Subscript || left.Child(syntax.FieldSubscript).Kind() == syntax.Slice {
			continue
		}
		if _, array, ok := p.Unit.Flow.ArrayMade(left.Child(syntax.FieldValue)); ok {
			stored(p, n, n.Child(syntax.FieldRight), array)
		}
	}
}

// handed speaks of arguments of which JavaScript makes Numbers.
func handed(p *analysis.Pass, c flow.Call) {
	arguments, _ := flow.Arguments(c.Node)
	for position, argument := range arguments {
		if inMilliseconds, ok := pyodide.TakesNumber(c.Path, position); ok {
			number(p, c.Node, argument, taker(c), inMilliseconds)
		}
	}
}

// taker is what a call calls, for people.
func taker(c flow.Call) string {
	return strings.TrimSuffix(strings.TrimPrefix(c.Path, "js."), ".new")
}

// serialized speaks of what is written as JSON: an argument, or what to_js converts for it.
func serialized(p *analysis.Pass, c flow.Call) {
	argument := analysis.Positional(c.Node, 0)
	values := []syntax.Node{argument}
	if made, ok := p.Unit.Flow.CallAt(p.Unit.Flow.Definition(argument)); ok && pyodide.Converters[made.Name] {
		values, _ = p.Unit.Flow.Parts(analysis.Positional(made.Node, 0))
	}
	for _, value := range values {
		number(p, c.Node, value, taker(c), false)
	}
}

// items speaks of the items that a call puts into a typed array.
func items(p *analysis.Pass, c flow.Call) {
	if c.Method == pyodide.Fill {
		if _, array, ok := p.Unit.Flow.ArrayMade(c.Object()); ok {
			stored(p, c.Node, analysis.Positional(c.Node, 0), array)
		}
		return
	}
	array, by, ok := pyodide.ArrayMade(c.Makes())
	if !ok {
		return
	}
	given, _ := flow.Arguments(c.Node)
	if by != pyodide.Of && len(given) > 0 {
		list := p.Unit.Flow.Definition(given[0])
		if made, ok := p.Unit.Flow.CallAt(list); ok && pyodide.Converters[made.Name] {
			list = analysis.Positional(made.Node, 0)
		}
		given, _ = p.Unit.Flow.Listed(list)
	}
	for _, item := range given {
		stored(p, c.Node, item, array)
	}
}

// stored speaks of an item that is put into a typed array.
func stored(p *analysis.Pass, at, item syntax.Node, array pyodide.Array) {
	if array.Elements != pyodide.BigInts {
		number(p, at, item, array.Name, false)
		return
	}
	if whole := p.Unit.Flow.Whole(item); whole == nil || p.Unit.Flow.Large(item) {
		return
	}
	report(p, at, item, analysis.Finding{
		Message: fmt.Sprintf("%s becomes a Number, of which %s makes no BigInt: it raises a TypeError", item.Text(), array.Name),
		Fixes:   asText(p, at, item),
	})
}

// number speaks of a value that is taken for a Number and is none.
func number(p *analysis.Pass, at, value syntax.Node, taker string, inMilliseconds bool) {
	switch later := p.Versions().And(pyodide.Since(pyodide.KeepsBigInts)); {
	case p.Unit.Flow.Large(value):
		report(p, at, value, analysis.Finding{
			Message: fmt.Sprintf("%s is beyond 2**53 and becomes a BigInt, which %s does not take: it raises a TypeError", value.Text(), taker),
			Fixes:   smaller(p, at, value, inMilliseconds),
		})
	case later != 0 && p.Unit.Flow.BigInt(value):
		report(p, at, value, analysis.Finding{
			Message: fmt.Sprintf("%s is a JsBigInt from Pyodide %s on and stays a BigInt, which %s does not take: it raises a TypeError",
				value.Text(), pyodide.KeepsBigInts, taker),
			Versions: later, Fixes: around(p, at, value, "Make it an int", "int", analysis.Safe),
		})
	}
}

func report(p *analysis.Pass, at, value syntax.Node, finding analysis.Finding) {
	if p.Unit.Flow.Attempted(at) || p.Unit.Flow.Place(at) == flow.OnHost {
		return
	}
	if finding.Cause = (analysis.Cause{Span: value.Span(), Kind: "number"}); at.Holds(value) {
		at = value
	}
	p.Report(at, 0, finding)
}
