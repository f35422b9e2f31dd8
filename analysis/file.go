package analysis

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// File is one document with what is known of it by itself. It is immutable.
type File struct {
	Source     *source.File
	Tree       *syntax.Tree
	Scopes     *scope.File
	Flow       *flow.File
	Realm      Realm // as a directive says, or as Open was told
	directives []*directive
	imported   func() map[string][]string // importedNames, worked out once
}

// MaxBytes is the size of the largest text that is looked at: no person wrote a larger one, and parsing it
// would take seconds.
const MaxBytes = 8 << 20

// ErrTooLarge says that a text is larger.
var ErrTooLarge = fmt.Errorf("is larger than %d MiB and was left out", MaxBytes>>20)

// Open parses a document. realm is where settings let it run; empty means that nothing is known, and the
// main thread is assumed. It fails only when the text cannot be parsed at all (syntax.Parse).
func Open(text *source.File, realm Realm) (*File, error) {
	return open(text, realm, syntax.Parse)
}

// Session opens the successive texts of one document that is being edited: what Open gives, at the cost of
// the edits. It holds memory outside the Go heap until Close, and is safe for concurrent use.
type Session struct{ parses syntax.Session }

// Open is the package's Open, started from the text that the session opened last.
func (s *Session) Open(text *source.File, realm Realm) (*File, error) {
	return open(text, realm, s.parses.Parse)
}

// Close lets go of what the session holds; a closed session starts anew.
func (s *Session) Close() { s.parses.Close() }

func open(text *source.File, realm Realm, parse func(string) (*syntax.Tree, error)) (*File, error) {
	tree, err := parse(text.Text())
	if err != nil {
		return nil, err
	}
	f := &File{Source: text, Tree: tree, Scopes: scope.New(tree), Realm: Main}
	if realm != "" {
		f.Realm = realm
	}
	f.Flow = flow.New(f.Scopes)
	f.imported = sync.OnceValue(f.importedNames)
	f.directives = directives(f)
	for _, d := range f.directives {
		if d.realm != "" {
			f.Realm = d.realm
		}
	}
	return f, nil
}

// Project is what a file's verdict depends on in other files. The zero Project is a file by itself.
type Project struct {
	// Methods are the names of the platform's own methods (pyodide.OwnMethods) that a class somewhere in
	// the project defines.
	Methods map[string]bool
	// AutoProxies says that the project tells PyScript to make lasting proxies by itself.
	AutoProxies bool
	// KeepAlive are the project's functions that keep proxies, sorted by path.
	KeepAlive []KeepAlive
	// Reached says how the file is imported by bridge code, if it is no bridge code itself.
	Reached flow.Bridge
}

// Bridge says how far the file is bridge code: by its own imports, or because bridge code imports it.
func (p *Pass) Bridge() flow.Bridge {
	if own := p.File.Flow.Bridge(); own != flow.NoBridge {
		return own
	}
	return p.Project.Reached
}

// OnlyInPyodide says whether code at a node is known to run in Pyodide: its file cannot be loaded anywhere
// else, or a guard around it lets nothing else through.
func (p *Pass) OnlyInPyodide(at syntax.Node) bool {
	switch p.File.Flow.Place(at) {
	case flow.InPyodide:
		return true
	case flow.Anywhere:
		return p.Bridge() == flow.Bare
	}
	return false
}

// Imports lists the files that a file may import, as slash-separated paths without ".py" or "/__init__.py":
// relative to the folder that holds the file for relative imports, and otherwise to that folder and to each
// around it. A file is reached too often rather than too seldom: being reached only lets it be looked at.
func (f *File) Imports(self string) []string {
	roots := around(self)
	var paths []string
	add := func(base string, parts ...string) {
		p := path.Join(append([]string{base}, parts...)...)
		if !slices.Contains(paths, p) {
			paths = append(paths, p)
		}
	}
	for _, i := range f.Scopes.Imports() {
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
