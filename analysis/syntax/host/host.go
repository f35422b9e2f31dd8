// Package host finds the Python in documents of other languages: in the tags and attributes of pages, in the
// strings of scripts, in the cells of notebooks, in the fences of Markdown.
//
// What it finds are units: Python texts of their own, each with the way back to its host. Nothing in here
// fails: of a broken document it says what is wrong, and reads the rest.
package host

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Kind is what kind of document a text is.
type Kind uint8

// The kinds of documents.
const (
	Unknown      Kind = iota
	Python            // a unit by itself
	HTML              // a page, or a template of one
	Component         // Svelte, Vue, Astro: tags around scripts
	JavaScript        // with JSX
	TypeScript        // without
	TSX               // with
	Notebook          // Jupyter's .ipynb
	Markdown          // also with JSX in it
	Settings          // PyScript's pyscript.toml
	SettingsJSON      // and pyscript.json
)

// extensions are the kinds of files by the end of their names.
var extensions = map[string]Kind{
	".py": Python, ".pyw": Python,
	".html": HTML, ".htm": HTML, ".xhtml": HTML, ".jinja": HTML, ".jinja2": HTML, ".j2": HTML,
	".svelte": Component, ".vue": Component, ".astro": Component,
	".js": JavaScript, ".mjs": JavaScript, ".cjs": JavaScript, ".jsx": JavaScript,
	".ts": TypeScript, ".mts": TypeScript, ".cts": TypeScript, ".tsx": TSX,
	".ipynb": Notebook,
	".md":    Markdown, ".markdown": Markdown, ".mdx": Markdown, ".qmd": Markdown,
}

// wholeNames are the kinds of files by their whole names.
var wholeNames = map[string]Kind{"pyscript.toml": Settings, "pyscript.json": SettingsJSON}

// Of is the kind of a file, by its name.
func Of(file string) Kind {
	name := strings.ToLower(path.Base(strings.ReplaceAll(file, `\`, "/")))
	return cmp.Or(wholeNames[name], extensions[path.Ext(name)])
}

// Extensions are the ends of the names of files that may hold Python, with the dot, sorted.
func Extensions() []string { return slices.Sorted(maps.Keys(extensions)) }

// Names are the whole names of further files that bear on Python, sorted.
func Names() []string { return slices.Sorted(maps.Keys(wholeNames)) }

// Document is what a host holds.
type Document struct {
	Units      []Unit // in the order of the host
	References []Reference
	Clues      []Clue // of a document that is a script
	Classic    []Classic
	Hidden     []Hidden
	Formers    []Former
	Troubles   []Trouble
}

// Unit is one Python text of a host.
type Unit struct {
	*source.Derived
	Form    Form
	Runtime Runtime
	Entry   Entry
	Realms  pyodide.Realms // where it runs; none for where the host does, or where that is not known
	Why     string         // what runs it, for people: `<script type="py" worker>`, `runPythonAsync`
	Name    string         // of a worker, by which PyScript knows it; empty if it has none
	At      source.Span    // of the host, where that stands
	Filled  []Filled       // what a script fills in
}

// Form is how Python stands in its host.
type Form uint8

// The forms.
const (
	ScriptTag Form = iota // <script type="py">, and the like
	PythonTag             // <py-script>, <py-repl>
	Attribute             // py-click="…"
	Run                   // the argument of runPython, or of a function like it
	Shape                 // a string that is Python by its looks; what becomes of it is not known
	Cells                 // a notebook's
	Fence                 // in Markdown
)

// Runtime is what runs a unit.
type Runtime uint8

// The runtimes.
const (
	Unsaid      Runtime = iota // to be told by what the unit imports
	Pyodide                    // for sure
	MicroPython                // which has no Pyodide proxies
)

// Entry is how a unit is entered, which decides whether it may await at its top level, and whether the stack
// can be switched there.
type Entry uint8

// The entries.
const (
	AnyEntry   Entry = iota
	PlainEntry       // runPython
	AsyncEntry       // runPythonAsync, a PyScript tag, a notebook's cell
	Imported         // as a module
)

// Trouble is what is wrong with a host.
type Trouble struct {
	Span    source.Span
	Message string // one sentence, without a full stop
}

// Read finds the Python in a document. Where the kind is Python there is nothing to find.
func Read(kind Kind, text string) *Document { return readBy(kind, text, syntax.ParseScript) }

// Session reads the successive texts of one document that is being edited: what Read gives, and of a document that
// is a script at the cost of the edits. It holds memory outside the Go heap until Close, and is safe for concurrent
// use.
type Session struct{ script syntax.ScriptSession }

// Read is the package's Read, started from the text that the session read last.
func (s *Session) Read(kind Kind, text string) *Document { return readBy(kind, text, s.script.Parse) }

// Close lets go of what the session holds; a closed session starts anew.
func (s *Session) Close() { s.script.Close() }

// parsing is what parses a script.
type parsing func(text string, dialect syntax.Dialect) (*syntax.Tree, error)

// readBy is Read; parse parses the document, if that is a script.
func readBy(kind Kind, text string, parse parsing) *Document {
	d := &Document{}
	switch kind {
	case JavaScript:
		d.parsed(text, syntax.JavaScript, nil, 0, parse)
	case TypeScript:
		d.parsed(text, syntax.TypeScript, nil, 0, parse)
	case TSX:
		d.parsed(text, syntax.TSX, nil, 0, parse)
	case HTML, Component:
		d.page(text, kind, nil)
	case Notebook:
		d.notebook(text)
	case Markdown:
		d.markdown(text)
	case Settings, SettingsJSON:
		d.settings(kind, text, nil)
	}
	slices.SortStableFunc(d.Units, func(a, b Unit) int {
		return cmp.Compare(a.Map.Span(source.Span{}).Start, b.Map.Span(source.Span{}).Start)
	})
	slices.SortStableFunc(d.References, func(a, b Reference) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return d
}

// Worth says whether a document may hold Python, by a scan of its bytes: it spares most documents the parser.
// Of a notebook and of settings that are broken it says so, too: there is something to tell.
func Worth(kind Kind, text string) bool {
	switch kind {
	case JavaScript, TypeScript, TSX:
		return worthScript(text)
	case HTML, Component:
		return markup(text)
	case Notebook:
		return bridge(text) || !validJSON(text)
	case Markdown:
		return bridge(text) || markup(text) || strings.Contains(text, "shinylive-python")
	case Settings, SettingsJSON:
		return true
	}
	return false
}
