package analysis

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax/host"
)

// Traits are what a scan of a file's bytes finds in it that verdicts on other files of the project depend
// on. The scan spares most files the parser.
type Traits struct {
	// Bridge says that the text has a word without which it cannot be bridge code, or speaks to this program.
	Bridge bool
	// Methods are the platform's own methods (pyodide.OwnMethods) that the text defines for itself.
	Methods []string
	// Evidence is what the file says of Pyodide's version, and Runtime what it sets.
	Evidence []realm.Evidence
	Runtime  realm.Runtime
	// KeepAlive is the function of the text that keeps proxies, nil if it has none.
	KeepAlive *KeepAlive
	// Facts are what the file says of where code runs, but for what its Python says once it is parsed.
	Facts realm.Facts
	// Python is that, if the file was parsed.
	Python realm.Python
	// Page says that the file is a page or a script that has to do with the bridge, and MicroPython that it mentions
	// that: what it loads without a name of its own may be for either.
	Page, MicroPython bool
	// Loads says that the file loads Python that stands elsewhere.
	Loads bool
	// Stdin says that the file gives Python something to read from.
	Stdin bool
	// Syncs says that the file may sync what is mounted.
	Syncs bool
	// Elements are the ids of the elements that a page has from the start.
	Elements []string
}

// TraitsOf looks through the text of a file; what it holds comes along if it is a host that was read for that.
// It sees through UTF-16, which hides words behind NUL bytes: such a file is worth a word of its own if it has to
// do with the bridge.
func TraitsOf(file string, kind host.Kind, text string) (Traits, *host.Document) {
	return TraitsBy(host.Read, file, kind, text)
}

// TraitsBy is TraitsOf for a file that is being edited: read, a Session's as a rule, reads it if it is a host.
func TraitsBy(read func(host.Kind, string) *host.Document, file string, kind host.Kind, text string) (Traits, *host.Document) {
	if strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(text, "\x00", "")
	}
	t := Traits{
		Evidence: realm.EvidenceIn(slashed(file), text), Runtime: realm.RuntimeIn(slashed(file), text), Stdin: realm.FeedsStdin(text),
		Syncs: realm.Syncs(text),
	}
	if kind == host.Unknown && realm.Reads(path.Base(slashed(file))) {
		t.Facts = factsOf(slashed(file), kind, text, nil)
		return t, nil
	}
	if kind = KindOf(file, kind); kind != host.Python {
		return t.ofHost(slashed(file), kind, text, read)
	}
	t.Facts = factsOf(slashed(file), kind, text, nil)
	t.Bridge = strings.Contains(text, "pyodide-ls") || hasAnyWord(text, pyodide.Words) || strings.Contains(text, pyodide.SyncPlaywright)
	t.Methods = definedMethods(text)
	t.KeepAlive = findKeepAlive(slashed(file), text)
	t.Facts.Bridge, t.Facts.Tests = t.Bridge, hasAnyWord(text, pyodide.HostWords)
	return t, nil
}

// ofHost adds what the Python in a host says.
func (t Traits) ofHost(file string, kind host.Kind, text string, read func(host.Kind, string) *host.Document) (Traits, *host.Document) {
	t.MicroPython, t.Elements = mentionsMicroPython(kind, text), elementsIn(kind, text)
	if !host.Worth(kind, text) {
		if kind == host.Markdown || kind == host.Notebook {
			t.Facts = factsOf(file, kind, text, nil)
			return t, nil
		}
		read = host.Read // which does not parse it, and finds no more than links
	}
	d := read(kind, text)
	t.Facts = factsOf(file, kind, text, d)
	t.Facts.Bridge = len(d.Units) > 0
	t.Bridge = len(d.Units) > 0 || len(d.Troubles) > 0 || len(d.Classic) > 0 || len(d.Hidden) > 0 || len(d.Formers) > 0
	t.Loads = slices.ContainsFunc(d.References, func(r host.Reference) bool { return r.Kind == host.LoadsPython })
	t.Page = kind != host.Markdown && kind != host.Notebook && (len(d.Units) > 0 || t.Loads)
	for _, u := range d.Units {
		t.Methods = append(t.Methods, definedMethods(u.Text)...)
	}
	return t, d
}

// microPython is how a page or a script speaks of MicroPython: as a type of script, or by what loads it.
var microPython = regexp.MustCompile("[\"'`=](?:mpy|micropython)\\b|<mpy-|loadMicroPython")

func mentionsMicroPython(kind host.Kind, text string) bool {
	return kind != host.Markdown && kind != host.Notebook && (strings.Contains(text, "mpy") || strings.Contains(text, "icro")) &&
		microPython.MatchString(text)
}

// Project is what is known of the files of a project together. It is immutable; a nil Project knows nothing.
type Project struct {
	methods   map[string]bool
	elements  map[string]bool
	keepAlive []KeepAlive
	graph     *realm.Graph
	evidence  *realm.Index
	// runtimes are how Pyodide is set up in folders that have to do with it, by the files in and below them.
	runtimes map[string]realm.Runtime
	folders  map[string]pages
	all      pages    // those of all folders
	stdin    bool     // whether a file gives Python something to read from
	syncs    []string // the files that may sync what is mounted
}

// pages are the pages and scripts of a folder: whether there are any, whether one mentions MicroPython, and whether one
// has other Python run.
type pages struct{ some, microPython, pyodide bool }

// and are the pages with one more.
func (p pages) and(t Traits) pages {
	return pages{true, p.microPython || t.MicroPython, p.pyodide || t.Page && t.runsPyodide()}
}

// runsPyodide says whether a page or script has Python run by something else than MicroPython, or may have.
func (t Traits) runsPyodide() bool {
	return slices.ContainsFunc(t.Facts.Units, func(u realm.Unit) bool { return u.Runtime != host.MicroPython }) ||
		slices.ContainsFunc(t.Facts.Links, func(l realm.Link) bool {
			return l.Kind == host.LoadsPython && l.Runtime != host.MicroPython
		})
}

// NewProject puts together what verdicts depend on in a project's files, by their paths. Files of Python whose traits
// do not have it and that turn out to matter are parsed, if there is what parses them.
func NewProject(files map[string]Traits, parse realm.Parser) *Project {
	p := &Project{folders: map[string]pages{}, runtimes: map[string]realm.Runtime{}, elements: map[string]bool{}}
	packages := map[string]bool{}
	facts := make(map[string]*realm.Facts, len(files))
	python := map[string]realm.Python{}
	evidence := map[string][]realm.Evidence{}
	for file, t := range files {
		facts[slashed(file)] = &t.Facts
		if t.Python != nil {
			python[slashed(file)] = t.Python
		}
		if path.Base(slashed(file)) == "__init__.py" {
			packages[path.Dir(slashed(file))] = true
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		t := files[file]
		p.stdin = p.stdin || t.Stdin
		if t.Syncs {
			p.syncs = append(p.syncs, slashed(file))
		}
		for _, m := range t.Methods {
			if p.methods == nil {
				p.methods = map[string]bool{}
			}
			p.methods[m] = true
		}
		for _, id := range t.Elements {
			p.elements[id] = true
		}
		if t.Page || len(t.Evidence) > 0 || t.Runtime != (realm.Runtime{}) {
			for _, dir := range around(slashed(file)) {
				p.runtimes[dir] = p.runtimes[dir].And(t.Runtime)
			}
		}
		if t.Page || t.MicroPython {
			dir := path.Dir(slashed(file))
			p.folders[dir], p.all = p.folders[dir].and(t), p.all.and(t)
		}
		if len(t.Evidence) > 0 {
			evidence[slashed(file)] = t.Evidence
		}
		if t.KeepAlive != nil {
			k := *t.KeepAlive
			k.Package = packages[path.Dir(k.Path)]
			p.keepAlive = append(p.keepAlive, k)
		}
	}
	p.graph = realm.NewGraph(facts, python, parse)
	p.evidence = realm.NewIndex(evidence)
	return p
}

// Parsed is the Python of the files that have been parsed, by their slash-separated paths.
func (p *Project) Parsed() map[string]realm.Python { return p.graph.Python() }

// Moved is the project after an edit of a file that changed nothing but the lines of what its Python says; ok is false
// where it changed more, and the project has to be put together anew.
func (p *Project) Moved(file string, now realm.Python) (moved *Project, ok bool) {
	graph, ok := p.graph.Moved(slashed(file), now)
	if !ok {
		return nil, false
	}
	next := *p
	next.graph = graph
	return &next, true
}

// View is the project as one of its files sees it.
func (p *Project) View(file string) View {
	var v View
	if p == nil {
		return v
	}
	file = slashed(file)
	v.Methods, v.KeepAlive, v.Runtime, v.Stdin = p.methods, p.keepAlive, p.runtime(file), p.stdin
	v.Elements = p.elements
	v.SyncsElsewhere = slices.ContainsFunc(p.syncs, func(other string) bool { return other != file })
	versions, because := p.evidence.Target(file)
	v.Versions, v.Because = versions, realm.Because(because)
	v.Foreign = len(because) > 0 && !slices.ContainsFunc(because, func(e realm.Evidence) bool { return !e.Foreign })
	for _, e := range because {
		if e.Older != "" {
			v.Older = append(v.Older, e.Older)
		}
	}
	v.Runs, v.Isolation = p.graph.At(file), p.graph.IsolationAt(file)
	v.Shared, v.Brought, v.Workers = p.graph.SharedAt(file), p.graph.Brought(), p.graph.WorkersAt(file)
	loads := p.graph.Loads(file)
	v.MicroPython = len(loads) > 0 && !slices.ContainsFunc(loads, func(r host.Runtime) bool { return r != host.MicroPython })
	v.PerhapsMicroPython = len(loads) == 0 && p.mayBeMicroPython(file)
	v.Reached = p.graph.Reached(file)
	return v
}

// Outcomes are what the functions of the project do that a file calls of other files, as far as a rule may ask.
func (p *Project) Outcomes(file string) []realm.Outcome {
	if p == nil {
		return nil
	}
	return p.graph.Outcomes(slashed(file), pyodide.Main)
}

// runtime is how Pyodide is set up for a file: as in the nearest folder around it that has to do with Pyodide.
func (p *Project) runtime(file string) realm.Runtime {
	for _, dir := range around(file) {
		if r, ok := p.runtimes[dir]; ok {
			return r
		}
	}
	return realm.Runtime{}
}

// mayBeMicroPython says of a file that nothing loads by its name whether the nearest pages above it speak of
// MicroPython, or those of the project of nothing else: it may be theirs, by way of a script, of another file, or of
// what builds the site.
func (p *Project) mayBeMicroPython(file string) bool {
	if p.all.microPython && !p.all.pyodide {
		return true
	}
	for _, dir := range around(file) {
		if pages := p.folders[dir]; pages.some {
			return pages.microPython
		}
	}
	return false
}

// Under is the view as settings change it for a file; target is what the command line says, which counts more.
func (v View) Under(settings *config.Settings, file string, target pyodide.Versions) View {
	v.JSPI = settings.JSPIFor(file)
	if said, err := pyodide.ParseVersions(settings.TargetFor(file)); err == nil {
		v.Versions, v.Because, v.Foreign, v.Older = said, "the settings say so", false, nil
	}
	if target != 0 {
		v.Versions, v.Because, v.Foreign, v.Older = target, "the command line says so", false, nil
	}
	return v
}

// slashed is a path with slashes, on every system.
func slashed(file string) string { return strings.ReplaceAll(file, `\`, "/") }

func hasAnyWord(text string, words []string) bool {
	for _, w := range words {
		if source.HasWord(text, w) {
			return true
		}
	}
	return false
}

func definedMethods(text string) []string {
	var found []string
	for _, name := range pyodide.OwnMethods() {
		if source.HasWord(text, "def "+name) {
			found = append(found, name)
		}
	}
	return found
}
