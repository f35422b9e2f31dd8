package analysis

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
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
}

// Open parses a document. realm is where settings let it run; empty means that nothing is known, and the
// main thread is assumed. It fails only when the text cannot be parsed at all (syntax.Parse).
func Open(text *source.File, realm Realm) (*File, error) {
	tree, err := syntax.Parse(text.Text())
	if err != nil {
		return nil, err
	}
	f := &File{Source: text, Tree: tree, Scopes: scope.New(tree), Realm: Main}
	if realm != "" {
		f.Realm = realm
	}
	f.Flow = flow.New(f.Scopes)
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

// Concerns says whether a text has a word without which it cannot be bridge code: a scan of bytes that
// spares most files the parser.
func Concerns(text []byte) bool {
	for _, w := range pyodide.Words {
		if hasWord(text, w) {
			return true
		}
	}
	return false
}

// autoProxies finds PyScript's experimental_create_proxy = "auto", in TOML, JSON and Python alike.
var autoProxies = regexp.MustCompile(`experimental_create_proxy\W{1,12}auto\b`)

// SetsAutoProxies says whether a text turns PyScript's own proxies on.
// Source: https://docs.pyscript.net/latest/user-guide/configuration/
func SetsAutoProxies(text []byte) bool {
	return bytes.Contains(text, []byte("experimental_create_proxy")) && autoProxies.Match(text)
}

// DefinesMethods lists which of the platform's own methods a text defines for itself.
func DefinesMethods(text []byte) []string {
	var found []string
	for _, name := range pyodide.OwnMethods() {
		if hasWord(text, "def "+name) {
			found = append(found, name)
		}
	}
	return found
}

// Imports lists the files that a file may import, as slash-separated paths without ".py" or "/__init__.py",
// relative to the folder that holds the file for relative imports and to each of the roots otherwise.
func (f *File) Imports(self string, roots []string) []string {
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
