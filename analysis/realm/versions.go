// Package realm knows where a project's code runs and what says so, which Pyodide it is loaded with, and how that is
// set up.
//
// What files say of that is found by scans of their bytes, without a parser, so that thousands of them cost next
// to nothing. Nothing in here fails: what cannot be read says nothing.
package realm

import (
	"maps"
	"path"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// Evidence is one place that says which Pyodide code is for.
type Evidence struct {
	Path     string
	Line     int    // 1-based
	What     string // for people: "loads Pyodide 0.27.7", "package.json asks for pyodide ^0.26.2"
	Versions pyodide.Versions
	Strength Strength
	// Foreign says that the release is from before the proxies of today (pyodide.BeforeProxies).
	Foreign bool
	// Older is the number of the release, or the range, if that is from before the lines that are known.
	Older string

	// of is the package of npm that it is about. A lock file speaks instead of a manifest beside it only where
	// both are about the same one.
	of string
}

// Strength is how firmly evidence says something.
type Strength uint8

// The strengths, from the weakest on.
const (
	Default Strength = iota // what PyScript loads where its settings name no interpreter
	Asked                   // a range in a package.json, of which a lock file knows more
	Stated                  // the one that is loaded
	Named                   // the interpreter that PyScript's settings name
	Locked                  // what a lock file has
)

// The packages of npm that bring Pyodide.
const (
	ofPyodide    = "pyodide"
	ofPyScript   = "@pyscript/core"
	ofPolyscript = "polyscript" // PyScript's loader
)

// readers are the files that say by their names what they are, and hold no Python.
var readers = map[string]func(*scan){
	"package.json": (*scan).manifest, "package-lock.json": (*scan).npmLock, "npm-shrinkwrap.json": (*scan).npmLock,
	"yarn.lock": (*scan).otherLock, "pnpm-lock.yaml": (*scan).otherLock, "bun.lock": (*scan).otherLock, "deno.lock": (*scan).otherLock,
	"pyodide-lock.json": (*scan).pyodideLock, "repodata.json": (*scan).olderLock, "packages.json": (*scan).olderLock,
	"jupyter-lite.json": (*scan).anywhere, "jupyter_lite_config.json": (*scan).anywhere,
	"deno.json": (*scan).anywhere, "import_map.json": (*scan).anywhere, "importmap.json": (*scan).anywhere,
}

// Names are the names of the files, as globs, that say something of versions or of where others run and hold no
// Python that runs in Pyodide, sorted.
func Names() []string {
	names := slices.Concat(slices.Collect(maps.Keys(readers)), slices.Collect(maps.Keys(markers)), buildFiles, headerFiles, outsiders, []string{"*.conf"})
	for _, end := range buildEndings {
		names = append(names, "*"+end)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// EvidenceIn is what one file says, by its name and its text.
func EvidenceIn(file, text string) []Evidence {
	s := &scan{path: file, text: text}
	name := strings.ToLower(path.Base(slashed(file)))
	ext := path.Ext(name)
	settings := ext == ".toml" || ext == ".json"
	lock := name == "pyodide-lock.json" || name == "repodata.json" || name == "packages.json" // whose packages need not have the word
	if !lock && !mentions(text) && (!settings || !strings.Contains(text, "interpreter")) {
		return nil
	}
	if read := readers[name]; read != nil {
		read(s)
		return s.found
	}
	s.firstLoader(name)
	switch kind := kindOf(name); {
	case settings:
		s.settings(text, 0)
	case kind == host.HTML || kind == host.Component:
		seen := uncommented(kind, text)
		s.addresses(seen)
		s.page(seen)
	case isCode(kind) && len(productsIn(text)) > 0:
		s.python = kind == host.Python
		s.addresses(uncommented(kind, text))
	}
	return s.found
}

// firstLoader reads the promise by which pages waited for Pyodide before there was loadPyodide.
// Source: https://pyodide.org/en/stable/project/changelog.html#version-0-17-0
func (s *scan) firstLoader(name string) {
	const promise = "languagePluginLoader"
	kind := kindOf(name)
	if !strings.Contains(s.text, promise) || kind != host.HTML && kind != host.Component && !isScript(kind) {
		return
	}
	if at := strings.Index(uncommented(kind, s.text), promise); at >= 0 {
		s.loads(at, promise+" is of Pyodide", "0.16.1", Default, "")
	}
}

// anywhere reads a file of which every string counts.
func (s *scan) anywhere() { s.addresses(s.text) }

// mentions says whether a text has a word without which it names no Pyodide.
func mentions(text string) bool {
	return strings.Contains(text, "pyodide") || strings.Contains(text, "pyscript") || strings.Contains(text, "polyscript") ||
		strings.Contains(text, "py-config")
}

// templates are files of HTML that are not looked through for Python.
var templates = map[string]bool{
	".njk": true, ".liquid": true, ".hbs": true, ".ejs": true, ".erb": true, ".php": true, ".twig": true, ".mustache": true, ".tmpl": true,
}

func kindOf(name string) host.Kind {
	if templates[path.Ext(name)] {
		return host.HTML
	}
	return host.Of(name)
}

func isCode(kind host.Kind) bool {
	return kind == host.Python || isScript(kind)
}

func isScript(kind host.Kind) bool {
	return kind == host.JavaScript || kind == host.TypeScript || kind == host.TSX
}

// scan collects what a file says.
type scan struct {
	path, text string
	python     bool
	found      []Evidence
	constants  map[string][]value // versions by the names of constants
}

// add notes evidence at an offset. What a file says twice, it says once.
func (s *scan) add(at int, e Evidence) {
	for _, other := range s.found {
		if other.What == e.What {
			return
		}
	}
	e.Path, e.Line = s.path, 1+strings.Count(s.text[:min(max(at, 0), len(s.text))], "\n")
	s.found = append(s.found, e)
}

// loads notes that a release of Pyodide is loaded, in words that it completes: "loads Pyodide".
func (s *scan) loads(at int, words, release string, strength Strength, of string) {
	versions, exact := pyodide.OfRelease(release)
	if versions == 0 {
		return
	}
	s.add(at, Evidence{
		What: words + " " + release + taken(versions, exact), Versions: versions, Strength: strength, of: of,
		Foreign: pyodide.BeforeProxies(release), Older: older(release, versions, exact),
	})
}

// older is the number of a release if it is from before the lines that are known, for the oldest of which it is taken.
func older(number string, versions pyodide.Versions, exact bool) string {
	if exact || !versions.Has(pyodide.V026) {
		return ""
	}
	return number
}

// taken says for what a release is taken that is not known.
func taken(s pyodide.Versions, exact bool) string {
	switch {
	case exact:
		return ""
	case s.Has(pyodide.V026):
		return ", which is older than what is known here and taken for " + s.String()
	}
	return ", which is newer than what is known here and taken for " + s.String()
}

func slashed(file string) string { return strings.ReplaceAll(file, `\`, "/") }
