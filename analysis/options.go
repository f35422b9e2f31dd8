package analysis

import (
	"slices"
	"strings"
	"unicode"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Given options of JavaScript are what a call hands over where an operation takes an object with named members.
type GivenOptions struct {
	Options  pyodide.Options
	Value    syntax.Node // an argument; no node if it is all keywords
	Keywords []flow.Item
	Record   bool // all members are gone through, whatever their names
	Lower    int  // by how much a finding is less certain
}

// OptionsOf are the options that a call hands over to the operation of JavaScript that it goes to; none where it is not
// known which one that is.
func (p *Pass) OptionsOf(c flow.Call) (all []GivenOptions) {
	if c.Path == "" && c.Method == "" || !handsOverDicts(p, c) || p.OverThere(c.Function) {
		return nil
	}
	if m, ok := pyodide.MemberAt(c.Path); ok {
		return given(c.Node, m)
	}
	for _, m := range pyodide.OptionsNamed(c.Method) {
		for _, g := range given(c.Node, m) {
			if g.Lower = p.lowerOf(c); g.Lower >= 0 && p.fits(g) {
				return []GivenOptions{g}
			}
		}
	}
	return nil
}

// handsOverDicts says whether a call is given something that options may be, so that it is worth asking what it calls.
func handsOverDicts(p *Pass, c flow.Call) bool {
	for a := range c.Node.Child(syntax.FieldArguments).Children() {
		switch a.Kind() {
		case syntax.String, syntax.Integer, syntax.Float, syntax.True, syntax.False, syntax.None, syntax.Lambda:
		case syntax.ListSplat:
			return false
		case syntax.KeywordArgument:
			if p.holdsDicts(a.Child(syntax.FieldValue)) {
				return true
			}
		default:
			if p.holdsDicts(a) {
				return true
			}
		}
	}
	return false
}

func (p *Pass) holdsDicts(n syntax.Node) bool {
	if _, value := p.Unit.Flow.Converted(n); value.OK() {
		n = value
	}
	all, _ := p.Unit.Flow.Dicts(n)
	return len(all) > 0
}

// given are the options that a call hands over to an operation.
func given(call syntax.Node, m pyodide.Member) (all []GivenOptions) {
	arguments, _ := flow.Arguments(call)
	keywords := keywordsOf(call)
	add := func(o pyodide.Options, record bool) {
		switch {
		case o.At < len(arguments):
			all = append(all, GivenOptions{Options: o, Value: arguments[o.At], Record: record})
		case o.At == len(arguments) && len(keywords) > 0 && !record: // all keywords are one object, which is the last argument
			all = append(all, GivenOptions{Options: o, Keywords: keywords})
		}
	}
	for _, o := range m.Options {
		add(o, false)
	}
	for _, at := range m.Records {
		add(pyodide.Options{At: at}, true)
	}
	return all
}

func keywordsOf(call syntax.Node) (all []flow.Item) {
	for a := range call.Child(syntax.FieldArguments).Children() {
		if a.Kind() == syntax.KeywordArgument {
			all = append(all, flow.Item{Key: a.Child(syntax.FieldName).Text(), Node: a, Value: a.Child(syntax.FieldValue)})
		}
	}
	return all
}

// lowerOf is by how much it is less certain that a method of a name that the platform has is the platform's; negative
// where nothing says so. On what is not known to be JavaScript's the name must be written as only JavaScript does.
func (p *Pass) lowerOf(c flow.Call) int {
	object := c.Object()
	switch {
	case c.Path != "":
		return 0
	case strings.IndexFunc(c.Method, unicode.IsUpper) <= 0 || p.Bridge() == flow.NoBridge || p.View.Methods[c.Method],
		p.Unit.Flow.Python(object), pyodide.Remote(p.Unit.Scopes.Canonical(object)), p.Unit.Scopes.Canonical(object) != "":
		return -1
	}
	return 1
}

// fits says whether the members that options are given are some that options of that kind have, and there is one.
func (p *Pass) fits(g GivenOptions) bool {
	items := g.Keywords
	if g.Value.OK() {
		value := g.Value
		if _, converted := p.Unit.Flow.Converted(value); converted.OK() {
			value = converted
		}
		all, _ := p.Unit.Flow.Dicts(value)
		for _, d := range all {
			items = append(items, d.Items...)
		}
	}
	return len(items) > 0 && !slices.ContainsFunc(items, func(i flow.Item) bool {
		_, known := g.Options.Option(i.Key)
		return !known
	})
}

// CallName is what a call of JavaScript is called for people: "fetch", "Request.new".
func CallName(c flow.Call) string {
	parts := strings.Split(strings.TrimSuffix(c.Path, "."+c.Method), ".")
	switch {
	case c.Method == "new":
		return parts[len(parts)-1] + ".new"
	case c.Method != "":
		return c.Method
	}
	return parts[len(parts)-1]
}
