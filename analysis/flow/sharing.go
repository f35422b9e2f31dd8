package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// carryLimit bounds how deep in a message memory is looked for.
const carryLimit = 6

// Carried are the expressions that made the shared memory which a value gives to whoever has it: memory, an array on
// it, or a container or a message that holds one.
func (f *File) Carried(value syntax.Node) []syntax.Node { return f.carried(value, carryLimit) }

func (f *File) carried(value syntax.Node, depth int) (all []syntax.Node) {
	if made := f.SharedMemory(value); made.OK() {
		return []syntax.Node{made}
	}
	if depth == 0 {
		return nil
	}
	for _, held := range f.Held(value) {
		all = append(all, f.carried(held, depth-1)...)
	}
	return all
}

// Held are the values that a container holds, or a message that is made of values: the items of a list, the values of a
// dictionary, the arguments of to_js and its kin. There are none where nothing is known of it.
func (f *File) Held(value syntax.Node) (all []syntax.Node) {
	value = f.Definition(value)
	switch value.Kind() {
	case syntax.Call:
		if !f.carries(value) {
			return nil
		}
		value = value.Child(syntax.FieldArguments)
	case syntax.List, syntax.Tuple, syntax.Set, syntax.Dictionary, syntax.ArgumentList:
	default:
		return nil
	}
	for item := range value.Children() {
		switch item.Kind() {
		case syntax.Pair, syntax.KeywordArgument:
			item = item.Child(syntax.FieldValue)
		case syntax.ListSplat, syntax.DictionarySplat:
			item = item.First()
		}
		all = append(all, item)
	}
	return all
}

// carries says whether the result of a call holds its arguments.
func (f *File) carries(call syntax.Node) bool {
	c, _ := f.CallAt(call)
	return pyodide.Carriers[c.Path] || pyodide.Carriers[c.Name]
}

// Elements are the elements of a JavaScript array that a list becomes, or that is made of values.
func (f *File) Elements(array syntax.Node) []syntax.Node {
	array = f.Definition(array)
	held := f.Held(array)
	if array.Kind() == syntax.Call && len(held) > 0 {
		if made := f.Definition(held[0]); made.Kind() == syntax.List || made.Kind() == syntax.Tuple {
			return f.Held(made) // to_js([…])
		}
	}
	return held
}

// Option is the value of a member of an options object, as one is made of keywords or converted from a dictionary; no
// node where it has none, or nothing is known of it.
func (f *File) Option(object syntax.Node, name string) syntax.Node {
	object = f.Definition(object)
	if object.Kind() != syntax.Call || !f.carries(object) {
		return syntax.Node{}
	}
	arguments := object.Child(syntax.FieldArguments)
	if value := Keyword(arguments, name); value.OK() {
		return value
	}
	if !Keyword(arguments, "dict_converter").OK() {
		return syntax.Node{} // a Map, in some versions
	}
	for pair := range f.Definition(arguments.First()).Children() {
		if key, _ := syntax.Constant(pair.Child(syntax.FieldKey)); key == name {
			return pair.Child(syntax.FieldValue)
		}
	}
	return syntax.Node{}
}

// Keyword is the value of a keyword among arguments, or no node.
func Keyword(arguments syntax.Node, name string) syntax.Node {
	for a := range arguments.Children() {
		if a.Kind() == syntax.KeywordArgument && a.Child(syntax.FieldName).Text() == name {
			return a.Child(syntax.FieldValue)
		}
	}
	return syntax.Node{}
}
