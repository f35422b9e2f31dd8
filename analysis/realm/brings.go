package realm

import (
	"html"
	"path"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// Brings are what one file has Pyodide load besides itself.
type Brings struct {
	Packages []string // that are written out, by their one names, sorted
	// Open says that it has more loaded, which is not written out: by the imports of a text, by a name that is worked out,
	// from an address, from an archive.
	Open bool
	// Loader says that it loads Pyodide itself.
	Loader bool
	// Classic says that it loads a PyScript from before 2023.11.1, which runs with what Pyodide it came with.
	Classic bool
	// Mocks says that it puts modules among those that are loaded.
	Mocks bool
}

// opening are words that say so.
// Sources: https://pyodide.org/en/stable/usage/loading-packages.html, https://peps.python.org/pep-0723/,
// https://jupyterlite.readthedocs.io/en/stable/howto/pyodide/packages.html, https://docs.pyscript.net
var opening = []string{
	"loadPackagesFromImports", "find_imports", "%pip", "!pip", "piplite", "unpackArchive", "unpack_archive", "mountNativeFS", "FS.mount",
	".whl", "lockFileURL", "lockFileContents", "fullStdLib", "py_import", "lazy_py_modules", "requirements", "makeMemorySnapshot",
	"# /// script", "<py-env", "py-game",
}

// mocking are words that say that a text puts modules among those that are loaded.
var mocking = []string{"sys.modules", "register_js_module", "registerJsModule", "meta_path", "path_hooks"}

// bringing are words of which a text of Python has one where it brings anything.
var bringing = slices.Concat(opening, mocking, []string{"packages", "loadPyodide", "loadPackage", "micropip"})

var (
	loaders = regexp.MustCompile(`\bloadPyodide\s*\(`)
	// unread are settings of a page that are elsewhere, or that a template or a script fills in.
	unread = regexp.MustCompile(`<py-config\b[^>]*>\s*(?:\{[{%]|<[%?])|\b(?:config|src)\s*=\s*["']?\s*(?:\{[{%A-Za-z]|<[%?]|\$\{|(?:https?:)?//[^"'\s>]+\.(?:toml|json)\b)`)
	// classic is the bundle of a PyScript before it was written anew, wherever it stands.
	// Source: https://docs.pyscript.net/2023.05.1/howtos/; since 2023.11.1 it is core.js
	classic = regexp.MustCompile(`\bsrc\s*=\s*["']?[^"'\s>]*\bpyscript(?:\.min)?\.js\b`)
	short   = regexp.MustCompile(`[{,]\s*packages\s*[},]`)
	// loads are the calls and settings that name what is loaded, up to where they name it.
	loads = regexp.MustCompile(`\bloadPackage\b(?:\s*\()?|\binstall\s*\(|\bpackages\b["']?\s*[:=]`)
	// written are names that are written out, one or a list of them.
	written = regexp.MustCompile("^\\s*(?:(?:\"[^\"\n]*\"|'[^'\n]*'|`[^`$]*`)|\\[(?:\\s*(?:\"[^\"\n]*\"|'[^'\n]*'|`[^`$]*`)\\s*,?)*\\s*\\])")
	quoted  = regexp.MustCompile("[\"'`]([^\"'`]*)[\"'`]")
	// plain is a package with nothing behind its name but extras and a version.
	plain = regexp.MustCompile(`^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[\w, -]*\])?\s*(?:[<>=!~]=?[^@/]*)?$`)
)

// BringsIn is what a file has loaded, by its name and its text.
func BringsIn(file string, kind host.Kind, text string) (b Brings) {
	if path.Base(file) == "pyodide-lock.json" {
		return Brings{Open: true} // a distribution of its own
	}
	if kind == host.Unknown || kind == host.Markdown {
		return b
	}
	if kind == host.Python && !slices.ContainsFunc(bringing, func(word string) bool { return strings.Contains(text, word) }) {
		return b
	}
	if kind != host.Notebook && !strings.Contains(text, "# /// script") {
		text = uncommented(kind, text)
	}
	page := kind == host.HTML || kind == host.Component
	if page && strings.Contains(text, "&") {
		text = html.UnescapeString(text) // of settings in attributes
	}
	has := func(word string) bool { return strings.Contains(text, word) }
	b.Open = slices.ContainsFunc(opening, has) || has("packages") && short.MatchString(text) && kind != host.Python ||
		page && has("onfig") && unread.MatchString(text)
	b.Classic = page && has("pyscript") && classic.MatchString(text)
	b.Mocks = slices.ContainsFunc(mocking, has)
	b.Loader = has("loadPyodide") && loaders.MatchString(text)
	if !has("loadPackage") && !has("micropip") && !has("packages") {
		return b
	}
	for _, m := range loads.FindAllStringIndex(text, -1) {
		if call := text[m[0]:m[1]]; kind != host.Python || !strings.HasPrefix(call, "packages") || strings.ContainsAny(call, `"'`) { // or it is setup's
			b.load(text, call, text[m[1]:])
		}
	}
	slices.Sort(b.Packages)
	b.Packages = slices.Compact(b.Packages)
	return b
}

// load notes what one call or setting of a text names, given what stands behind it.
func (b *Brings) load(text, call, behind string) {
	if strings.HasPrefix(call, "install") && !strings.Contains(text, "micropip") {
		return // of something else
	}
	names := written.FindString(behind)
	if names == "" {
		b.Open = true
		return
	}
	for _, q := range quoted.FindAllStringSubmatch(names, -1) {
		name := plain.FindStringSubmatch(strings.TrimSpace(q[1]))
		if name == nil {
			b.Open = true
			continue
		}
		b.Packages = append(b.Packages, pyodide.NormalPackage(name[1]))
	}
}

// PackageList is the one list in a document of packages that it has loaded: the place behind its last name, and the mark
// around that; ok is false where there is none or several, or nothing is in it. settings leaves out those of calls.
func PackageList(kind host.Kind, text string, settings bool) (at int, mark string, ok bool) {
	plain := uncommented(kind, text)
	for _, m := range loads.FindAllStringIndex(plain, -1) {
		list := written.FindString(plain[m[1]:])
		if !strings.HasPrefix(strings.TrimSpace(list), "[") || settings && !strings.HasPrefix(plain[m[0]:], "packages") {
			continue
		}
		names := quoted.FindAllStringIndex(list, -1)
		if ok || len(names) == 0 {
			return 0, "", false
		}
		at, ok = m[1]+names[len(names)-1][1], true
	}
	if !ok {
		return 0, "", false
	}
	return at, text[at-1 : at], true
}

// ListsPackages is the file of settings that lists the packages of a page, and the line there.
func (g *Graph) ListsPackages(page string) (r Reason, ok bool) {
	facts := g.files.known[page]
	if facts == nil {
		return Reason{}, false
	}
	for _, l := range facts.Links {
		if l.Kind != host.ReadsSettings {
			continue
		}
		at := g.files.file(page, l.Path)
		if at == "" {
			continue
		}
		for _, s := range g.files.known[at].Settings {
			if s.Packages > 0 {
				return Reason{Path: at, Line: s.Packages}, true
			}
		}
	}
	return Reason{}, false
}

// Brought is what the files of a project have Pyodide load besides itself, and what they have for Python to import.
type Brought struct {
	Packages map[string]bool // with what they bring along
	Open     bool            // something is loaded that is not written out
	Classic  bool            // a PyScript from before 2023.11.1 is loaded
	Mocks    bool            // modules are put among those that are loaded
	Loaders  map[string]bool // the files that load Pyodide
	modules  map[string]bool // the names of files and folders that may be modules
}

// HasModule says whether a file or a folder of the project may be a module of this dotted name, or of one around it.
func (b *Brought) HasModule(name string) bool {
	top, _, _ := strings.Cut(name, ".")
	return b.modules[top]
}

// Brought is what is loaded in the project.
func (g *Graph) Brought() *Brought { return g.brought }

func (g *Graph) readBrought() *Brought {
	b := &Brought{Packages: map[string]bool{}, Loaders: map[string]bool{}, modules: map[string]bool{}}
	for file, facts := range g.files.known {
		b.add(file, facts.Brings)
		if facts.Kind == host.Python {
			for part := range strings.SplitSeq(strings.TrimSuffix(file, path.Ext(file)), "/") {
				b.modules[part] = true
			}
		}
		for _, l := range facts.Links {
			switch {
			case l.Kind == host.MakesModule:
				b.modules[l.Path] = true
			case l.Kind == host.ReadsSettings && l.Runtime != host.MicroPython:
				at := g.files.file(file, l.Path)
				b.Open = b.Open || at == "" || len(g.files.known[at].Settings) == 0 // which cannot be read
			case l.Kind == host.LoadsScript && !strings.Contains(l.Path, "://"):
				b.Open = b.Open || g.files.script(file, l.Path) == "" // of which nobody knows what it does
			}
		}
		for _, s := range facts.Settings {
			for _, name := range s.Names {
				b.modules[name] = true
			}
			b.Open = b.Open || s.Archives
		}
	}
	return b
}

func (b *Brought) add(file string, brings Brings) {
	b.Open, b.Mocks, b.Classic = b.Open || brings.Open, b.Mocks || brings.Mocks, b.Classic || brings.Classic
	if brings.Loader {
		b.Loaders[file] = true
	}
	for _, name := range brings.Packages {
		all, ok := pyodide.Loaded(name)
		b.Open = b.Open || !ok
		for _, one := range all {
			b.Packages[one] = true
		}
	}
}
