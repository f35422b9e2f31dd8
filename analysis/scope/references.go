package scope

import (
	"maps"
	"slices"

	"pyodide-ls/analysis/syntax"
)

// uses is where names and attributes are used, by their text: read once, when first asked for.
type uses struct {
	names, attributes map[string][]syntax.Node
}

func readUses(tree *syntax.Tree) uses {
	u := uses{map[string][]syntax.Node{}, map[string][]syntax.Node{}}
	for n := range tree.Of(syntax.Identifier) {
		if Refers(n) {
			u.names[n.Text()] = append(u.names[n.Text()], n)
		}
	}
	for n := range tree.Of(syntax.Attribute) {
		name := n.Child(syntax.FieldAttribute).Text()
		u.attributes[name] = append(u.attributes[name], n)
	}
	return u
}

// References are the identifiers that refer to a name without binding it, in the order of the text.
func (f *File) References(name *Name) []syntax.Node {
	var found []syntax.Node
	for _, n := range f.uses().names[name.Text] {
		if name.Scope.Node.Holds(n) && !name.bindsAt(n) && f.Lookup(n) == name {
			found = append(found, n)
		}
	}
	return found
}

// Names are the names of all scopes, those of outer ones before those of inner ones.
func (f *File) Names() []*Name {
	var all []*Name
	for _, id := range slices.Sorted(maps.Keys(f.scopes)) {
		for _, text := range slices.Sorted(maps.Keys(f.scopes[id].names)) {
			all = append(all, f.scopes[id].names[text])
		}
	}
	return all
}

// Attributes are the attributes of that name, whatever object they are of, in the order of the text.
func (f *File) Attributes(name string) []syntax.Node { return f.uses().attributes[name] }

// Refers says whether an identifier stands for a name in scope, as opposed to an attribute, a keyword, a
// parameter, or what a definition or an import calls itself.
func Refers(n syntax.Node) bool {
	p := n.Parent()
	switch p.Kind() {
	case syntax.Attribute:
		return n.Field() == syntax.FieldObject
	case syntax.KeywordArgument, syntax.FunctionDefinition, syntax.ClassDefinition, syntax.DefaultParameter,
		syntax.TypedDefaultParameter:
		return n.Field() != syntax.FieldName
	case syntax.DottedName, syntax.AliasedImport, syntax.Parameters, syntax.LambdaParameters, syntax.TypedParameter,
		syntax.ListSplatPattern, syntax.DictionarySplatPattern:
		return false
	}
	return true
}

func (name *Name) bindsAt(n syntax.Node) bool {
	for _, b := range name.Bindings {
		if b.Node == n {
			return true
		}
	}
	return false
}
