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
	// Classic are the places where a script loads a Pyodide as classic workers do.
	Classic []host.Classic
	// Hidden are the places where a script takes JavaScript out of the sight of Python.
	Hidden []host.Hidden
	// Formers are the places where a script uses of Pyodide what that has no more.
	Formers []host.Former
	// Troubles are what is wrong with the document as a host.
	Troubles []host.Trouble

	document *host.Document      // nil if it holds nothing
	set      pyodide.Realms      // where settings let it run
	alone    func() *realm.Graph // newAlone, worked out once
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

	in         *host.Unit // nil where the document is the Python itself
	directives []*directive
	imported   func() map[string][]string // importedNames, worked out once
	code       func() *realm.Code         // newCode, worked out once
	around     *source.File               // the document, nil where it is the Python itself
}

// MaxBytes is the size of the largest text that is looked at: no person wrote a larger one, and parsing it
// would take seconds.
const MaxBytes = 8 << 20

// ErrTooLarge says that a text is larger.
var ErrTooLarge = fmt.Errorf("is larger than %d MiB and was left out", MaxBytes>>20)

// Setting is what is known of a document before it is read. The zero value knows nothing.
type Setting struct {
	Kind  host.Kind      // Unknown for what the name says, and Python if that says nothing
	Realm pyodide.Realms // where settings let it run
	Added *pyodide.Added // what settings say of calls
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
	f := &File{Source: text, Kind: KindOf(text.Path(), setting.Kind), set: setting.Realm}
	f.alone = sync.OnceValue(f.newAlone)
	if f.Kind == host.Python {
		trees, err := parse([]string{text.Text()})
		if err != nil {
			return nil, err
		}
		f.Units = []*Unit{newUnit(text, nil, nil, trees[0], setting.Added)}
		return f, nil
	}
	d := setting.Document
	if d == nil && host.Worth(f.Kind, text.Text()) {
		d = host.Read(f.Kind, text.Text())
	}
	if d == nil {
		return f, nil
	}
	f.document, f.References, f.Classic, f.Hidden, f.Formers, f.Troubles = d, d.References, d.Classic, d.Hidden, d.Formers, d.Troubles
	var texts []string
	for _, found := range d.Units {
		texts = append(texts, found.Text)
	}
	trees, err := parse(texts)
	if err != nil {
		return nil, err
	}
	for i := range d.Units {
		f.Units = append(f.Units, newUnit(source.New(text.Path(), texts[i]), text, &d.Units[i], trees[i], setting.Added))
	}
	return f, nil
}

// KindOf is the kind of a document: the one that is known, else what its name says, else Python.
func KindOf(path string, known host.Kind) host.Kind {
	return cmp.Or(known, host.Of(path), host.Python)
}

// newUnit is a Python text that was parsed, which a document around it holds if it is not the document itself.
func newUnit(text, around *source.File, in *host.Unit, tree *syntax.Tree, added *pyodide.Added) *Unit {
	u := &Unit{Source: text, Tree: tree, Scopes: scope.New(tree), in: in, around: around}
	if in != nil {
		u.Host, u.Form, u.Runtime, u.Entry = in.Derived, in.Form, in.Runtime, in.Entry
	}
	u.Flow = flow.New(u.Scopes, added)
	u.imported = sync.OnceValue(u.importedNames)
	u.code = sync.OnceValue(u.newCode)
	u.directives = directives(u)
	return u
}

// with is the unit with another text.
func (u *Unit) with(text string) (*Unit, error) {
	tree, err := syntax.Parse(text)
	if err != nil {
		return nil, err
	}
	return newUnit(source.New(u.Source.Path(), text), u.around, u.in, tree, u.Flow.Added()), nil
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

// View is what a file's verdict depends on in other files of its project. The zero View is a file by itself.
type View struct {
	// Methods are the names of the platform's own methods (pyodide.OwnMethods) that a class somewhere in
	// the project defines.
	Methods map[string]bool
	// Runtime is how the project sets Pyodide up.
	realm.Runtime
	// KeepAlive are the project's functions that keep proxies, sorted by path.
	KeepAlive []KeepAlive
	// Elements are the ids of the elements that pages of the project have from the start.
	Elements map[string]bool
	// Stdin says that a file of the project gives Python something to read from.
	Stdin bool
	// SyncsElsewhere says that another file of the project may sync what is mounted.
	SyncsElsewhere bool
	// Reached says how the file is loaded or imported by bridge code, if it is no bridge code itself.
	Reached flow.Bridge
	// Runs are the ways in which the units of the file come to run; nil where nothing is known of its project.
	Runs []realm.Runs
	// Brought is what the project has loaded besides Pyodide; nil where nothing is known of the project.
	Brought *realm.Brought
	// Isolation are what the files nearest to it say of the headers that make pages cross-origin isolated.
	Isolation []realm.Isolated
	// Shared is the memory of other files that other threads have, and that of this one if another file shares it, by
	// the name that it has here.
	Shared map[string]realm.Shared
	// Workers are the workers of PyScript that it may call; nil where nothing is known of its project.
	Workers realm.Workers
	// Versions are those that the file is for; none for any. Because says why.
	Versions pyodide.Versions
	Because  string
	// Foreign says that all that tells of a Pyodide tells of one of which nothing is known (pyodide.BeforeProxies).
	Foreign bool
	// Older are the numbers of the releases, or the ranges, that it is for from before the lines that are known.
	Older []string
	// JSPI says whether the browsers can switch stacks; nil where nobody said.
	JSPI *bool
	// MicroPython says that what loads the file runs it with MicroPython, and nothing with Pyodide.
	MicroPython bool
	// PerhapsMicroPython says that nothing loads the file by its name, and pages speak of MicroPython that may be its own.
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
// else, a guard around it lets nothing else through, or the project is seen running it there and it has no need of
// the host.
func (p *Pass) OnlyInPyodide(at syntax.Node) bool {
	switch p.Unit.Flow.Place(at) {
	case flow.InPyodide:
		return true
	case flow.Anywhere:
		bridge := p.Bridge()
		if p.Unit.Flow.AsScript(at) { // which whoever imports the text does not run
			bridge = p.Unit.bridge()
		}
		return !p.Unit.Flow.ForHost() && (bridge == flow.Bare || p.seenRunning(at))
	}
	return false
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
