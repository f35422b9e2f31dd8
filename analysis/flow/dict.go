package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Dict is a dict of Python that the text makes.
type Dict struct {
	Made  syntax.Node // the expression that makes it
	Items []Item      // those of which the key is text that is written out
	Open  bool        // it may have others
}

// Item is an item of a dict.
type Item struct {
	Key   string
	Node  syntax.Node // the pair, or the keyword
	Value syntax.Node
}

// Empty says whether a dict has certainly no item.
func (d Dict) Empty() bool { return !d.Open && len(d.Items) == 0 }

// Dict is the dict that an expression certainly stands for, through names and attributes of self: one that is written out,
// a comprehension, or what dict() makes.
func (f *File) Dict(n syntax.Node) (d Dict, ok bool) {
	d.Made = f.Definition(n)
	switch d.Made.Kind() {
	case syntax.Dictionary:
		for pair := range d.Made.Children() {
			key, written := f.key(pair.Child(syntax.FieldKey))
			d.add(Item{key, pair, pair.Child(syntax.FieldValue)}, pair.Kind() == syntax.Pair && written)
		}
	case syntax.DictionaryComprehension:
		d.Open = true
	case syntax.Call:
		if c, _ := f.CallAt(d.Made); c.Name != "builtins.dict" {
			return Dict{}, false
		}
		for a := range d.Made.Child(syntax.FieldArguments).Children() {
			d.add(Item{a.Child(syntax.FieldName).Text(), a, a.Child(syntax.FieldValue)}, a.Kind() == syntax.KeywordArgument)
		}
	default:
		return Dict{}, false
	}
	f.assigned(&d, n)
	return d, true
}

// key is the text of a key. A name that the text binds nowhere is one without its quotes, as JavaScript has them.
func (f *File) key(n syntax.Node) (text string, ok bool) {
	if Unquoted(n) && f.scopes.Lookup(n) == nil {
		return n.Text(), true
	}
	return syntax.Constant(n)
}

// Unquoted says whether the key of a dict is a name: "type" of "{type: "module"}" is Python's own function.
func Unquoted(key syntax.Node) bool { return key.Kind() == syntax.Identifier }

func (d *Dict) add(item Item, certain bool) {
	if !certain {
		d.Open = true
		return
	}
	d.Items = append(d.Items, item)
}

// assigned adds the items that a dict is given under its name before a place.
func (f *File) assigned(d *Dict, n syntax.Node) {
	if n.Kind() != syntax.Identifier {
		return
	}
	for _, r := range f.scopes.References(f.scopes.Lookup(n)) {
		item := r.Parent()
		if item.Kind() == syntax.Subscript && item.Field() == syntax.FieldLeft && item.Parent().Kind() == syntax.Assignment && item.ID() < n.ID() {
			key, constant := syntax.Constant(item.Child(syntax.FieldSubscript))
			d.add(Item{key, item, item.Parent().Child(syntax.FieldRight)}, constant)
		}
	}
}

// Dicts are the dict that an expression stands for, or those among the items of a list or a tuple. list says that it is one
// of these two.
func (f *File) Dicts(n syntax.Node) (all []Dict, list bool) {
	if d, ok := f.Dict(n); ok {
		return []Dict{d}, false
	}
	items, list := f.Listed(n)
	for _, item := range items {
		if d, ok := f.Dict(item); ok {
			all = append(all, d)
		}
	}
	return all, list
}

// Converted is what a call of to_js converts, if it is not told what to make of a dict; no node for another expression.
func (f *File) Converted(n syntax.Node) (call, value syntax.Node) {
	call = f.Definition(n)
	if c, ok := f.CallAt(call); !ok || c.Name != pyodide.ToJS {
		return syntax.Node{}, syntax.Node{}
	}
	for a := range call.Child(syntax.FieldArguments).Children() {
		if a.Kind() == syntax.DictionarySplat || a.Kind() == syntax.KeywordArgument && pyodide.Reshapes[a.Child(syntax.FieldName).Text()] {
			return syntax.Node{}, syntax.Node{}
		}
	}
	return call, Positional(call, 0)
}
