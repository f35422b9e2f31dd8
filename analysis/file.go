package analysis

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// File is one document with what is known of it by itself. It is immutable.
type File struct {
	Source *source.File
	Kind   host.Kind
	Units  []*Unit // one where the document is Python itself
	// References are the Python files that the document loads.
	References []host.Reference
	// Troubles are what is wrong with the document as a host.
	Troubles []host.Trouble
}

// Unit is one Python text of a document. What is known of it is worked out at once, or when it is asked for the
// first time.
type Unit struct {
	Source *source.File // the Python text, under the path of its document
	// Host leads to the document's text; nil where the document is the Python itself.
	Host    *source.Derived
	Form    host.Form
	Runtime host.Runtime
	Entry   host.Entry
	Tree    *syntax.Tree
	Scopes  *scope.File
	Flow    *flow.File

	where      host.Where
	realm      Realm // as a directive says, or else settings; empty if neither does
	directives []*directive
	imported   func() map[string][]string // importedNames, worked out once
}

// MaxBytes is the size of the largest text that is looked at: no person wrote a larger one, and parsing it
// would take seconds.
const MaxBytes = 8 << 20

// ErrTooLarge says that a text is larger.
var ErrTooLarge = fmt.Errorf("is larger than %d MiB and was left out", MaxBytes>>20)

// Setting is what is known of a document before it is read. The zero value knows nothing.
type Setting struct {
	Kind  host.Kind // Unknown for what the name says, and Python if that says nothing
	Realm Realm     // where settings let it run
	// Document is what the host holds, if it was read before.
	Document *host.Document
}

// Open reads a document. It fails only when some Python cannot be parsed at all (syntax.Parse).
func Open(text *source.File, setting Setting) (*File, error) {
	return open(text, setting, func(texts []string) (trees []*syntax.Tree, err error) {
		for _, text := range texts {
			tree, err := syntax.Parse(text)
			if err != nil {
				return nil, err
			}
			trees = append(trees, tree)
		}
		return trees, nil
	})
}

// open reads a document, whose units parse parses.
func open(text *source.File, setting Setting, parse func(texts []string) ([]*syntax.Tree, error)) (*File, error) {
	f := &File{Source: text, Kind: KindOf(text.Path(), setting.Kind)}
	if f.Kind == host.Python {
		trees, err := parse([]string{text.Text()})
		if err != nil {
			return nil, err
		}
		f.Units = []*Unit{newUnit(text, nil, setting, trees[0])}
		return f, nil
	}
	d := setting.Document
	if d == nil && host.Worth(f.Kind, text.Text()) {
		d = host.Read(f.Kind, text.Text())
	}
	if d == nil {
		return f, nil
	}
	f.References, f.Troubles = d.References, d.Troubles
	var texts []string
	for _, found := range d.Units {
		texts = append(texts, found.Text)
	}
	trees, err := parse(texts)
	if err != nil {
		return nil, err
	}
	for i := range d.Units {
		f.Units = append(f.Units, newUnit(source.New(text.Path(), texts[i]), &d.Units[i], setting, trees[i]))
	}
	return f, nil
}

// KindOf is the kind of a document: the one that is known, else what its name says, else Python.
func KindOf(path string, known host.Kind) host.Kind {
	return cmp.Or(known, host.Of(path), host.Python)
}

// newUnit is a Python text that was parsed, which a host holds if it is not the document itself.
func newUnit(text *source.File, in *host.Unit, setting Setting, tree *syntax.Tree) *Unit {
	u := &Unit{Source: text, Tree: tree, Scopes: scope.New(tree), realm: setting.Realm}
	if in != nil {
		u.Host, u.Form, u.Runtime, u.Entry, u.where = in.Derived, in.Form, in.Runtime, in.Entry, in.Where
	}
	u.Flow = flow.New(u.Scopes)
	u.imported = sync.OnceValue(u.importedNames)
	u.directives = directives(u)
	for _, d := range u.directives {
		if d.realm != "" {
			u.realm = d.realm
		}
	}
	return u
}

// with is the unit with another text.
func (u *Unit) with(text string) (*Unit, error) {
	tree, err := syntax.Parse(text)
	if err != nil {
		return nil, err
	}
	in := &host.Unit{Derived: u.Host, Form: u.Form, Runtime: u.Runtime, Entry: u.Entry, Where: u.where}
	return newUnit(source.New(u.Source.Path(), text), in, Setting{Realm: u.realm}, tree), nil
}

// Holes counts the statements of the document that could not be parsed.
func (f *File) Holes() int {
	n := 0
	for _, u := range f.Units {
		n += len(u.Tree.Holes())
	}
	return n
}

// Bridge says how far the document is bridge code by itself: by how it runs its Python, or by what that imports.
func (f *File) Bridge() flow.Bridge {
	found := flow.NoBridge
	for _, u := range f.Units {
		found = max(found, u.bridge())
	}
	return found
}

func (u *Unit) bridge() flow.Bridge {
	switch u.Runtime {
	case host.Pyodide:
		return flow.Bare
	case host.MicroPython:
		return flow.NoBridge
	}
	return u.Flow.Bridge()
}

// Imports lists the files that a document may import, as Unit.Imports has them.
func (f *File) Imports(self string) []string {
	var paths []string
	for _, u := range f.Units {
		for _, p := range u.Imports(self) {
			if !slices.Contains(paths, p) {
				paths = append(paths, p)
			}
		}
	}
	return paths
}

// View is what a file's verdict depends on in other files of its project. The zero View is a file by itself.
type View struct {
	// Methods are the names of the platform's own methods (pyodide.OwnMethods) that a class somewhere in
	// the project defines.
	Methods map[string]bool
	// Runtime is how the project sets Pyodide up.
	realm.Runtime
	// KeepAlive are the project's functions that keep proxies, sorted by path.
	KeepAlive []KeepAlive
	// Reached says how the file is loaded or imported by bridge code, if it is no bridge code itself.
	Reached flow.Bridge
	// Realm is where the pages and scripts that load the file let it run; empty if none does, or they differ.
	Realm Realm
	// Versions are those that the file is for; none for any. Because says why.
	Versions pyodide.Versions
	Because  string
	// JSPI says whether the browsers can switch stacks; nil where nobody said.
	JSPI *bool
	// MicroPython says that what loads the file runs it with MicroPython, and nothing with Pyodide.
	MicroPython bool
	// PerhapsMicroPython says that nothing loads the file by its name, and the pages above it speak of MicroPython.
	PerhapsMicroPython bool
}

// Bridge says how far the unit is bridge code: by itself, or because bridge code loads or imports its file.
func (p *Pass) Bridge() flow.Bridge {
	if own := p.Unit.bridge(); own != flow.NoBridge {
		return own
	}
	return p.View.Reached
}

// PerhapsMicroPython says whether MicroPython may run the unit, which has no module of Pyodide's own, or PyScript
// with proxies of its own making: an example in a text may be for what the text speaks of.
func (p *Pass) PerhapsMicroPython() bool {
	perhaps := p.Unit.Host == nil && p.View.PerhapsMicroPython
	if p.Unit.Form == host.Fence && p.Unit.Host != nil {
		text := p.File.Source.Text()
		perhaps = strings.Contains(text, "MicroPython") || strings.Contains(text, "experimental_create_proxy")
	}
	return perhaps && !slices.ContainsFunc(p.Unit.Scopes.Imports(), func(i scope.Import) bool {
		return strings.Contains(i.Module, "pyodide")
	})
}

// OnlyInPyodide says whether code at a node is known to run in Pyodide: its file cannot be loaded anywhere
// else, or a guard around it lets nothing else through.
func (p *Pass) OnlyInPyodide(at syntax.Node) bool {
	switch p.Unit.Flow.Place(at) {
	case flow.InPyodide:
		return true
	case flow.Anywhere:
		return p.Bridge() == flow.Bare
	}
	return false
}

// Imports lists the files that a unit may import, as slash-separated paths without ".py" or "/__init__.py":
// relative to the folder that holds the file for relative imports, and otherwise to that folder and to each
// around it. A file is reached too often rather than too seldom: being reached only lets it be looked at.
func (u *Unit) Imports(self string) []string {
	roots := around(self)
	var paths []string
	add := func(base string, parts ...string) {
		p := path.Join(append([]string{base}, parts...)...)
		if !slices.Contains(paths, p) {
			paths = append(paths, p)
		}
	}
	for _, i := range u.Scopes.Imports() {
		module := strings.TrimLeft(i.Module, ".")
		levels := len(i.Module) - len(module)
		parts := strings.Split(module, ".")
		bases := roots
		if levels > 0 {
			base := path.Dir(self)
			for range levels - 1 {
				base = path.Dir(base)
			}
			bases = []string{base}
		}
		for _, base := range bases {
			add(base, parts...)
			for _, name := range i.Names {
				if name != "*" {
					add(base, append(slices.Clone(parts), name)...)
				}
			}
		}
	}
	return paths
}

// around is the folder of a slash-separated path and every folder around that.
func around(file string) []string {
	var folders []string
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		folders = append(folders, dir)
		if dir == path.Dir(dir) {
			return folders
		}
	}
}
