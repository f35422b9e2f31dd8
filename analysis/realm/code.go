package realm

import (
	"cmp"
	"slices"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Code is what one Python text says of where it and others run. Lines are those of the document that it stands in,
// 1-based.
type Code struct {
	Defs    []Def // the functions and classes at the top level, in order
	Imports []Import
	Uses    []Use
	Loads   []Load
	Needs   []Need
	Bridge  flow.Bridge
	Memory  []Memory
	Posts   []Posted
	Asks    bool // it asks whether it runs on a page or in a worker
	// Exports are the functions that a worker of PyScript has called by the page, nil where that is not known.
	Exports []string
	// Awaited are the functions of the page that it calls by PyScript's sync, and waits for.
	Awaited []Awaited
	// Bare says that it imports at its top level what no other Python has, and nothing catches that; Fakes are the modules
	// of the bridge that it may put in the place of those that are not there.
	Bare  bool
	Fakes []string
	// Fixtures are those that it makes for tests.
	Fixtures []string
	// Paths are the folders of Pyodide's file system that it adds to those where modules are looked for.
	Paths []string
	// Does is what its functions do, and its classes have; In is which of the definitions each function is or stands in.
	Does flow.Summaries
	In   []int
	// Said is where a comment lets the text run, none if none says it; SaidLine is the line of the comment.
	Said     pyodide.Realms
	SaidLine int
}

// Def is a function or a class at the top level of a text.
type Def struct {
	Name  string
	Line  int
	Taken bool // something takes it out of the text and runs it elsewhere, where is not known
	Other bool // the text imports something by that name as well, in Pyodide or who knows where
}

// Import is an import of a module.
type Import struct {
	Module string         // as it is written, with its leading dots
	Names  []string       // nil for a plain import; "*" for everything
	As     []string       // what the text calls each of them
	In     int            // which of the definitions it stands in, -1 for the top level
	Realms pyodide.Realms // in which guards let it run
	Lazy   bool           // it stands in a function, which may never be called
	Tried  bool           // what it raises is caught
	Line   int
}

// brings is what a text has under a name from a module that it imports; ok is false where it has not. Everything may
// bring anything.
func (i Import) brings(name string) (there string, ok bool) {
	if n := slices.Index(i.As, name); n >= 0 {
		return i.Names[n], true
	}
	return name, slices.Contains(i.As, "*")
}

// Use is a use of something that is defined at the top level of this text, or of another one.
type Use struct {
	Module string // as the import has it; empty for this text
	Path   string // "wait", "helper.wait"; "*" where the module as a whole goes where it is not followed
	In     int
	Realms pyodide.Realms
	Lazy   bool // it may never come to that: the import stands in a function, or a caller may give something else
	Script bool // it stands under a condition that holds where the text runs as a script, and not where it is imported
	Line   int
}

// Load is a file that a text has run elsewhere.
type Load struct {
	Path    string
	Name    string         // of a worker, by which PyScript knows it
	Script  bool           // it is JavaScript
	Runtime host.Runtime   // of Python
	Started pyodide.Realms // where it runs
	In      int
	Realms  pyodide.Realms
	Why     string
	Line    int
}

// Need is something that a text takes for granted, which only some places have.
type Need struct {
	Realms pyodide.Realms
	What   string // for people: "uses js.document"
	In     int
	Line   int
}

// def is the last definition of a name, -1 if the text has none.
func (c *Code) def(name string) int {
	for i := len(c.Defs) - 1; i >= 0; i-- {
		if c.Defs[i].Name == name {
			return i
		}
	}
	return -1
}

// asScript says whether the text uses a definition only where it runs as a script.
func (c *Code) asScript(d int) bool {
	found := false
	for _, u := range c.Uses {
		if u.Module == "" && u.Path == c.Defs[d].Name {
			if !u.Script {
				return false
			}
			found = true
		}
	}
	return found
}

// Def is the definition of a name that begins on a line, -1 if the text has none.
func (c *Code) Def(name string, line int) int {
	return slices.IndexFunc(c.Defs, func(d Def) bool { return d.Name == name && d.Line == line })
}

// foreign says whether the text takes for granted, at its top level, that it does not run in Pyodide.
func (c *Code) foreign() bool {
	var needs pyodide.Realms
	for _, n := range c.Needs {
		if n.In < 0 {
			needs = needs.Or(n.Realms)
		}
	}
	return needs == pyodide.Host
}

// reader reads a text.
type reader struct {
	*scope.File
	flow  *flow.File
	line  func(offset int) int // of the document, 1-based
	code  *Code
	index map[int]int  // of the definitions, by node
	taken map[int]bool // the definitions that something runs elsewhere, without the rest of the text
}

// CodeOf reads what a text says; line tells the line of the document on which an offset of the text stands, and place
// the place of a span there.
func CodeOf(scopes *scope.File, values *flow.File, line func(offset int) int, place func(source.Span) source.Range) *Code {
	r := &reader{scopes, values, line, &Code{}, map[int]int{}, map[int]bool{}}
	for _, n := range r.topLevel() {
		r.index[n.ID()] = len(r.code.Defs)
		r.code.Defs = append(r.code.Defs, Def{Name: n.Child(syntax.FieldName).Text(), Line: r.at(n)})
	}
	r.needs()
	r.code.Asks = values.Asks()
	r.fakes()
	r.code.Fixtures = values.Fixtures()
	r.imports()
	r.uses()
	r.loads()
	r.named()
	r.memory()
	r.exports()
	r.awaits()
	r.code.Does = values.Summaries(place)
	for n := range r.Tree().Of(syntax.FunctionDefinition) {
		in := r.in(n)
		if in < 0 {
			in = r.index[n.ID()]
		}
		r.code.In = append(r.code.In, in)
	}
	return r.code
}

func (r *reader) at(n syntax.Node) int { return r.line(n.Span().Start) }

// topLevel are the definitions that stand in no other one, in order.
func (r *reader) topLevel() []syntax.Node {
	var all []syntax.Node
	for _, kind := range []syntax.Kind{syntax.FunctionDefinition, syntax.ClassDefinition} {
		for n := range r.Tree().Of(kind) {
			if !outermost(n).OK() {
				all = append(all, n)
			}
		}
	}
	slices.SortFunc(all, func(a, b syntax.Node) int { return cmp.Compare(a.ID(), b.ID()) })
	return all
}

// outermost is the definition around a node that stands in no other one, or no node.
func outermost(n syntax.Node) syntax.Node {
	outer := syntax.Node{}
	for p := range n.Above() {
		if k := p.Kind(); k == syntax.FunctionDefinition || k == syntax.ClassDefinition {
			outer = p
		}
	}
	return outer
}

// in is which of the definitions a node stands in, -1 for the top level.
func (r *reader) in(n syntax.Node) int {
	if outer := outermost(n); outer.OK() {
		return r.index[outer.ID()]
	}
	return -1
}

// let are the places in which a node is known to run where its text does: none under a guard that cannot be read, and
// in a function that is taken out of its text and run elsewhere.
func (r *reader) let(n syntax.Node) pyodide.Realms {
	place, let := r.flow.Let(n)
	if place == flow.Unclear || r.taken[r.in(n)] {
		return 0
	}
	return let
}

func (r *reader) imports() {
	for _, i := range r.Imports() {
		let := r.let(i.Node)
		if let != pyodide.Host && r.in(i.Node) < 0 {
			r.others(i.As)
		}
		if let != 0 && !pyodide.IsBridge(i.Module) {
			r.code.Imports = append(r.code.Imports, Import{i.Module, i.Names, i.As, r.in(i.Node), let, r.Function(i.Node).OK(), r.flow.Caught(i.Node), r.at(i.Node)})
		}
		if pyodide.Unmistakable[i.Module] && i.Node.Parent().Kind() == syntax.Module && r.let(i.Node).Has(pyodide.Host) {
			r.code.Bare = true
		}
	}
}

// others notes which definitions are not all that their names may stand for.
func (r *reader) others(imported []string) {
	for d := range r.code.Defs {
		if slices.Contains(imported, r.code.Defs[d].Name) {
			r.code.Defs[d].Other = true
		}
	}
}

// uses reads where definitions and what is imported are used, each use once for each definition that it stands in.
func (r *reader) uses() {
	seen := map[Use]bool{}
	add := func(u Use, at syntax.Node) {
		u.In, u.Realms, u.Script = r.in(at), r.let(at), r.flow.AsScript(at)
		u.Lazy = u.Lazy || r.flow.IfImportFails(at)
		if !seen[u] && u.Realms != 0 {
			seen[u] = true
			u.Line = r.at(at)
			r.code.Uses = append(r.code.Uses, u)
		}
	}
	for _, i := range r.Imports() {
		if slices.Contains(i.Names, "*") && !pyodide.IsBridge(i.Module) {
			add(Use{Module: i.Module, Path: "*"}, i.Node)
		}
	}
	imported := func(b scope.Binding) bool { return b.How == scope.ByImport && !pyodide.IsBridge(b.Import) }
	defined := func(b scope.Binding) bool { return b.How == scope.ByFunction || b.How == scope.ByClass }
	for _, name := range r.Names(func(name *scope.Name) bool {
		return slices.ContainsFunc(name.Bindings, imported) || name.Scope == r.Module() && slices.ContainsFunc(name.Bindings, defined)
	}) {
		for _, b := range name.Bindings {
			switch {
			case imported(b):
				module, path := r.Imported(b)
				lazy := r.Function(b.Node).OK()
				for _, n := range r.References(name) {
					add(Use{Module: module, Path: used(path, n), Lazy: lazy}, n)
				}
			case defined(b) && name.Scope == r.Module():
				if r.taken[r.index[b.Node.ID()]] {
					continue
				}
				references := r.References(name)
				for _, n := range references {
					add(Use{Path: name.Text, Lazy: isDefault(n)}, n)
				}
				script := len(references) > 0 && !slices.ContainsFunc(references, func(n syntax.Node) bool { return !r.flow.AsScript(n) })
				if b.Node.Parent().Kind() == syntax.DecoratedDefinition && !script { // what decorates it may hand it on
					add(Use{Path: name.Text}, b.Node.Parent())
				}
			}
		}
	}
	slices.SortStableFunc(r.code.Uses, func(a, b Use) int { return cmp.Compare(a.Line, b.Line) })
}

// isDefault says whether an expression is the default of a parameter.
func isDefault(n syntax.Node) bool {
	kind := n.Parent().Kind()
	return n.Field() == syntax.FieldValue && (kind == syntax.DefaultParameter || kind == syntax.TypedDefaultParameter)
}

// named reads modules that are named in texts: Django's settings, which it imports; and where modules are looked for.
// Sources: https://docs.djangoproject.com/en/stable/topics/settings/, https://docs.python.org/3/library/sys.html#sys.path
func (r *reader) named() {
	for _, c := range r.flow.Calls() {
		if c.Name != "sys.path.append" && c.Name != "sys.path.insert" && c.Name != "os.environ.setdefault" {
			continue
		}
		call, first := c.Node, c.Node.Child(syntax.FieldArguments).First()
		last := first
		if first.Next().OK() {
			last = first.Next()
		}
		text, ok := syntax.Constant(last)
		switch {
		case !ok:
		case c.Name != "os.environ.setdefault":
			r.code.Paths = append(r.code.Paths, text)
		default:
			if name, _ := syntax.Constant(first); name == "DJANGO_SETTINGS_MODULE" {
				r.code.Imports = append(r.code.Imports, Import{Module: text, In: r.in(call), Realms: r.let(call), Line: r.at(call)})
			}
		}
	}
}

// used is what of a module is used at a reference to a name that stands for it, or for a part of it.
func used(path string, n syntax.Node) string {
	for p := n.Parent(); p.Kind() == syntax.Attribute && n.Field() == syntax.FieldObject; n, p = p, p.Parent() {
		if path != "" {
			path += "."
		}
		path += p.Child(syntax.FieldAttribute).Text()
	}
	return cmp.Or(path, "*")
}
