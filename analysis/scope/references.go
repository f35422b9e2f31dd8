package scope

import (
	"cmp"
	"slices"
	"sort"

	"pyodide-ls/analysis/syntax"
)

// uses is where names and attributes are used, by their text: read once, when first asked for.
type uses struct {
	names, attributes byText
}

// byText are nodes by a text of each, in their order.
type byText struct {
	number map[string]int32 // of a text
	nodes  [][]syntax.Node  // by the number of their text
}

func readUses(tree *syntax.Tree) uses {
	names := newByText(tree, syntax.Identifier, func(n syntax.Node) (string, bool) { return n.Text(), Refers(n) })
	attributes := newByText(tree, syntax.Attribute, func(n syntax.Node) (string, bool) { return n.Child(syntax.FieldAttribute).Text(), true })
	return uses{names, attributes}
}

// newByText sorts the nodes of a kind by what text gives for each, if it gives one; all in one allocation, as there are
// many of them.
func newByText(tree *syntax.Tree, kind syntax.Kind, text func(syntax.Node) (string, bool)) byText {
	b := byText{number: map[string]int32{}}
	var numbers, counts []int32
	for n := range tree.Of(kind) {
		t, ok := text(n)
		if !ok {
			numbers = append(numbers, -1)
			continue
		}
		i, known := b.number[t]
		if !known {
			i = int32(len(counts))
			b.number[t] = i
			counts = append(counts, 0)
		}
		counts[i]++
		numbers = append(numbers, i)
	}
	all := make([]syntax.Node, len(numbers))
	b.nodes = make([][]syntax.Node, len(counts))
	for i, count := range counts {
		b.nodes[i], all = all[:0:count], all[count:]
	}
	i := 0
	for n := range tree.Of(kind) {
		if number := numbers[i]; number >= 0 {
			b.nodes[number] = append(b.nodes[number], n)
		}
		i++
	}
	return b
}

func (b byText) of(text string) []syntax.Node {
	if i, ok := b.number[text]; ok {
		return b.nodes[i]
	}
	return nil
}

// within are those of some nodes, in the order of the text, that another one holds.
func within(nodes []syntax.Node, around syntax.Node) []syntax.Node {
	first := sort.Search(len(nodes), func(i int) bool { return nodes[i].ID() >= around.ID() })
	nodes = nodes[first:]
	return nodes[:sort.Search(len(nodes), func(i int) bool { return !around.Holds(nodes[i]) })]
}

// References are the identifiers that refer to a name without binding it, in the order of the text.
func (f *File) References(name *Name) []syntax.Node {
	may := within(f.uses().names.of(name.Text), name.Scope.Node)
	found := make([]syntax.Node, 0, len(may))
	for _, n := range may {
		if !name.bindsAt(n) && f.Lookup(n) == name {
			found = append(found, n)
		}
	}
	return found
}

// Names are the names that are asked for, those of outer scopes before those of inner ones.
func (f *File) Names(wanted func(*Name) bool) []*Name {
	var all []*Name
	for _, s := range f.scopes {
		own := len(all)
		for _, name := range s.names {
			if wanted(name) {
				all = append(all, name)
			}
		}
		slices.SortFunc(all[own:], func(a, b *Name) int { return cmp.Compare(a.Text, b.Text) })
	}
	return all
}

// Attributes are the attributes of that name, whatever object they are of, in the order of the text.
func (f *File) Attributes(name string) []syntax.Node { return f.uses().attributes.of(name) }

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
