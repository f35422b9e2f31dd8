package flow

import (
	"cmp"
	"iter"

	"pyodide-ls/analysis/syntax"
)

// Call is a call in the text, with what is known of what it calls.
type Call struct {
	Node     syntax.Node
	Function syntax.Node // what is called
	// Name is the canonical name of the function, as "time.sleep"; empty where that is not known.
	Name string
	// Path is how the function was come by if it is JavaScript's, as JavaScript has it; empty if it is not.
	Path string
	// Method is the name of the attribute that is called; empty where no attribute is.
	Method string
}

// Object is what a method is called on; no node where no attribute is called.
func (c Call) Object() syntax.Node { return c.Function.Child(syntax.FieldObject) }

// target is what the call goes to: JavaScript's path, else the canonical name.
func (c Call) target() string { return cmp.Or(c.Path, c.Name) }

// Makes is what the call gives, as a path, if it is of JavaScript: "js.Int32Array.new()"; empty if not.
func (c Call) Makes() string {
	if c.Path == "" {
		return ""
	}
	return c.Path + "()"
}

// Positional is the argument of a call at a position, or no node if there is none or a "*" before it
// makes the position uncertain.
func Positional(call syntax.Node, position int) syntax.Node {
	for a := range call.Child(syntax.FieldArguments).Children() {
		switch {
		case hasNoPosition(a):
			return syntax.Node{}
		case position == 0:
			return a
		}
		position--
	}
	return syntax.Node{}
}

// Calls are the calls of the text, in its order.
func (f *File) Calls() []Call { return f.calls() }

// CallAt is what is known of a call; ok is false for another node.
func (f *File) CallAt(n syntax.Node) (c Call, ok bool) {
	if n.Kind() != syntax.Call {
		return Call{}, false
	}
	return f.Calls()[f.scopes.Tree().Rank(n)], true
}

func (f *File) readCalls() []Call {
	all := make([]Call, 0, f.scopes.Tree().Count(syntax.Call))
	for n := range f.scopes.Tree().Of(syntax.Call) {
		c := Call{Node: n, Function: n.Child(syntax.FieldFunction)}
		c.Method = c.Function.Child(syntax.FieldAttribute).Text()
		c.Name = f.scopes.Canonical(c.Function)
		c.Path, _ = f.JavaScript(c.Function)
		all = append(all, c)
	}
	return all
}

// Arguments are those of a call up to the first that has no position of its own; all says that there are
// no others.
func Arguments(call syntax.Node) (arguments []syntax.Node, all bool) {
	for a := range call.Child(syntax.FieldArguments).Children() {
		if hasNoPosition(a) {
			return arguments, false
		}
		arguments = append(arguments, a)
	}
	return arguments, true
}

// Passed is what a call passes for one parameter.
type Passed struct {
	Value    syntax.Node
	Position int    // among the positional ones; of a keyword, how many of these stand before it
	Keyword  string // empty if it has a position
}

// Passes are what a call passes, up to the first "*", behind which nothing has a position that is known.
func Passes(call syntax.Node) iter.Seq[Passed] {
	return func(yield func(Passed) bool) {
		position := 0
		for a := range call.Child(syntax.FieldArguments).Children() {
			x := Passed{Value: a, Position: position}
			switch a.Kind() {
			case syntax.Comment:
				continue
			case syntax.ListSplat, syntax.DictionarySplat:
				return
			case syntax.KeywordArgument:
				x.Value, x.Keyword = a.Child(syntax.FieldValue), a.Child(syntax.FieldName).Text()
			default:
				position++
			}
			if !yield(x) {
				return
			}
		}
	}
}

// hasNoPosition says whether an argument, and those behind it, have no position that is known.
func hasNoPosition(argument syntax.Node) bool {
	switch argument.Kind() {
	case syntax.KeywordArgument, syntax.ListSplat, syntax.DictionarySplat:
		return true
	}
	return false
}
