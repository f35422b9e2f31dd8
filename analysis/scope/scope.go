// Package scope knows what a name means in one Python text: which binding it refers to, and which
// importable thing it stands for.
//
// What cannot be told is unknown, the empty string or a nil Name; nothing is guessed from how a name looks.
package scope

import (
	"iter"
	"maps"
	"sync"

	"pyodide-ls/analysis/syntax"
)

// File is the scopes of one tree: immutable once made, and safe for concurrent use.
type File struct {
	tree    *syntax.Tree
	module  *Scope
	scopes  []*Scope      // in the order of the text, the module first
	opened  map[int]int32 // which of them a node opens, by its id
	at      []int32       // in which of them a node is evaluated, by its id
	stars   []string      // the modules of star imports, in order
	imports []Import
	// attribute name to the attributes of that name that are assigned to
	attrs map[string][]syntax.Node
	uses  func() uses
}

// Scope is a module, a class, a function, a lambda or a comprehension.
type Scope struct {
	Node    syntax.Node
	Outer   *Scope
	names   map[string]*Name
	some    uint64            // a bit for each name that it may have
	declare map[string]*Scope // names declared global or nonlocal here, to where they live
}

// Name is one name of one scope with everything that binds it.
type Name struct {
	Text     string
	Scope    *Scope
	Bindings []Binding
}

// How says what binds a name.
type How uint8

// The ways to bind a name.
const (
	ByAssignment How = iota // Value is what is assigned
	ByImport                // Import is the dotted name
	ByFunction              // Node is the function_definition
	ByClass                 // Node is the class_definition
	ByParameter
	ByLoop  // Value is what is iterated over
	ByOther // an unpacking, a with item, an except clause, a pattern, an augmented assignment, del
)

// Binding is one place that binds a name.
type Binding struct {
	How    How
	Node   syntax.Node // the identifier, or the definition
	Value  syntax.Node
	Import string // the dotted name that an import binds, "." leading for relative ones
}

// Import is one imported module, as written.
type Import struct {
	Module string      // dotted; leading dots count the levels of a relative import
	Names  []string    // what a "from" import takes, "*" included; nil for a plain import
	As     []string    // what it calls each of them
	Node   syntax.Node // the statement
}

// New finds the scopes and bindings of a tree.
func New(tree *syntax.Tree) *File {
	f := &File{tree: tree, attrs: map[string][]syntax.Node{}}
	f.uses = sync.OnceValue(func() uses { return readUses(tree) })
	f.open()
	f.declarations()
	f.bindDefinitions()
	f.bindImports()
	f.bindAssignments()
	f.bindRest()
	return f
}

// Tree is the tree that the scopes belong to.
func (f *File) Tree() *syntax.Tree { return f.tree }

// Module is the outermost scope.
func (f *File) Module() *Scope { return f.module }

// Imports are the imports of the text, wherever they stand.
func (f *File) Imports() []Import { return f.imports }

// AttributeTargets are the attributes of that name that something is assigned to.
func (f *File) AttributeTargets(name string) []syntax.Node { return f.attrs[name] }

// AllAttributeTargets yields them for all names, in no order.
func (f *File) AllAttributeTargets() iter.Seq2[string, []syntax.Node] { return maps.All(f.attrs) }

// Opened is the scope that a module, class, function, lambda or comprehension opens.
func (f *File) Opened(n syntax.Node) *Scope {
	if i, ok := f.opened[n.ID()]; ok {
		return f.scopes[i]
	}
	return nil
}

// Name is what a scope itself knows of a name, or nil.
func (s *Scope) Name(text string) *Name { return s.names[text] }

// Around says whether a scope is the other one, or lies around it.
func (s *Scope) Around(o *Scope) bool {
	for ; o != nil; o = o.Outer {
		if o == s {
			return true
		}
	}
	return false
}

// At is the scope in which a node is evaluated. What a definition evaluates where it stands, its decorators,
// defaults, annotations and bases, belongs to the scope around it, and so does the first iterable of a
// comprehension.
func (f *File) At(n syntax.Node) *Scope { return f.scopes[f.at[n.ID()]] }

// open finds the scopes, and in which of them each node is evaluated, in one run over the tree.
func (f *File) open() {
	f.module = &Scope{Node: f.tree.Root(), names: map[string]*Name{}}
	f.scopes, f.opened, f.at = []*Scope{f.module}, map[int]int32{0: 0}, make([]int32, f.tree.Len())
	for n := range f.tree.Root().Within() {
		at := f.within(n, n.Parent())
		f.at[n.ID()] = at
		switch k := n.Kind(); {
		case k == syntax.FunctionDefinition, k == syntax.ClassDefinition, k == syntax.Lambda, isComprehension(k):
			f.opened[n.ID()] = int32(len(f.scopes))
			f.scopes = append(f.scopes, &Scope{Node: n, Outer: f.scopes[at]})
		}
	}
}

// within is the scope in which a node is evaluated, by what is known of the one around it.
func (f *File) within(n, p syntax.Node) int32 {
	switch k := p.Kind(); {
	case k == syntax.FunctionDefinition, k == syntax.ClassDefinition, k == syntax.Lambda:
		if n.Field() == syntax.FieldBody {
			return f.opened[p.ID()]
		}
	case isComprehension(k):
		return f.opened[p.ID()]
	case k == syntax.ForInClause && n.Field() == syntax.FieldRight && n == p.Child(syntax.FieldRight) && firstClause(p):
		return f.at[p.Parent().ID()]
	}
	return f.at[p.ID()]
}

// firstClause says whether a "for" is the first one of a comprehension.
func firstClause(clause syntax.Node) bool {
	comprehension := clause.Parent()
	for c := range comprehension.Children() {
		if c.Kind() == syntax.ForInClause {
			return c == clause && isComprehension(comprehension.Kind())
		}
	}
	return false
}

// Lookup finds the binding that an identifier refers to, or nil if the text binds it nowhere in reach.
func (f *File) Lookup(identifier syntax.Node) *Name {
	text := identifier.Text()
	bit := bitOf(text)
	first := true
	for s := f.At(identifier); s != nil; s = s.Outer {
		if s.declare != nil {
			if home, ok := s.declare[text]; ok {
				return home.names[text]
			}
		}
		if s.some&bit != 0 && (first || s.Node.Kind() != syntax.ClassDefinition) {
			if n := s.names[text]; n != nil {
				return n
			}
		}
		first = false // a class's names are seen from its body only, not from the functions in it
	}
	return nil
}

// bitOf is the bit that stands for a name. Most scopes have few names and are asked for many that they have not, so that
// a look at a bit is most of what that costs.
func bitOf(name string) uint64 {
	if name == "" {
		return 1
	}
	return 1 << ((uint(len(name)) + 7*uint(name[0]) + 13*uint(name[len(name)-1])) % 64)
}

// Function is the function or lambda that a node runs in, or no node at the top level and in class bodies.
func (f *File) Function(n syntax.Node) syntax.Node {
	for s := f.At(n); s != nil; s = s.Outer {
		switch s.Node.Kind() {
		case syntax.FunctionDefinition, syntax.Lambda:
			return s.Node
		case syntax.ClassDefinition:
			return syntax.Node{}
		}
	}
	return syntax.Node{}
}

// Class is the class whose body directly holds a function, or no node.
func Class(function syntax.Node) syntax.Node {
	p := function.Parent()
	if p.Kind() == syntax.DecoratedDefinition {
		p = p.Parent()
	}
	if p.Kind() == syntax.Block && p.Parent().Kind() == syntax.ClassDefinition {
		return p.Parent()
	}
	return syntax.Node{}
}

func (s *Scope) bind(text string, b Binding) {
	if home, ok := s.declare[text]; ok {
		s = home
	}
	if s.names == nil {
		s.names = map[string]*Name{}
	}
	n := s.names[text]
	if n == nil {
		once := &struct {
			Name
			one [1]Binding // most names are bound once
		}{Name: Name{Text: text, Scope: s}}
		n = &once.Name
		n.Bindings = once.one[:0]
		s.names[text] = n
		s.some |= bitOf(text)
	}
	n.Bindings = append(n.Bindings, b)
}

// All yields the names that a scope itself binds, in no order.
func (s *Scope) All() iter.Seq2[string, *Name] { return maps.All(s.names) }
