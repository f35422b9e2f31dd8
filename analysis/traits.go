package analysis

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/flow"
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
	// Imports are the words of what may be import statements, sorted: a file that imports a module has its
	// name among them.
	Imports []string
	// Loads are the Python files that a page or a script loads.
	Loads []host.Reference
	// Page says that the file is a page or a script that has to do with the bridge, and MicroPython that it mentions
	// that: what it loads without a name of its own may be for either.
	Page, MicroPython bool
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
	t := Traits{Evidence: realm.EvidenceIn(slashed(file), text), Runtime: realm.RuntimeIn(slashed(file), text)}
	if kind == host.Unknown && slices.Contains(realm.Names(), path.Base(slashed(file))) {
		return t, nil
	}
	if kind = KindOf(file, kind); kind != host.Python {
		return t.ofHost(kind, text, read)
	}
	t.Bridge = strings.Contains(text, "pyodide-ls") || hasAnyWord(text, pyodide.Words)
	t.Methods = definedMethods(text)
	t.KeepAlive = findKeepAlive(slashed(file), text)
	t.Imports = importWords(text)
	return t, nil
}

// ofHost adds what the Python in a host says.
func (t Traits) ofHost(kind host.Kind, text string, read func(host.Kind, string) *host.Document) (Traits, *host.Document) {
	t.MicroPython = mentionsMicroPython(kind, text)
	if !host.Worth(kind, text) {
		return t, nil
	}
	d := read(kind, text)
	t.Page = kind != host.Markdown && kind != host.Notebook && (len(d.Units) > 0 || len(d.References) > 0)
	t.Bridge = len(d.Units) > 0 || len(d.Troubles) > 0
	t.Loads = d.References
	var words []string
	for _, u := range d.Units {
		words = append(words, importWords(u.Text)...)
		t.Methods = append(t.Methods, definedMethods(u.Text)...)
	}
	slices.Sort(words)
	t.Imports = slices.Compact(words)
	return t, d
}

// microPython is how a page or a script speaks of MicroPython: as a type of script, or by what loads it.
var microPython = regexp.MustCompile("[\"'`=](?:mpy|micropython)\\b|<mpy-|loadMicroPython")

func mentionsMicroPython(kind host.Kind, text string) bool {
	return kind != host.Markdown && kind != host.Notebook && (strings.Contains(text, "mpy") || strings.Contains(text, "icro")) &&
		microPython.MatchString(text)
}

// MayImport says whether the file may import a module whose last name is given.
func (t Traits) MayImport(name string) bool {
	_, found := slices.BinarySearch(t.Imports, name)
	return found
}

// importWords are the words around every "import": of its line, of the lines that this one continues, and of
// the brackets that it opens.
func importWords(text string) []string {
	words := map[string]bool{}
	for at := 0; ; {
		i := strings.Index(text[at:], "import")
		if i < 0 {
			return slices.Sorted(maps.Keys(words))
		}
		start, end := at+i, at+i+len("import")
		for {
			start = 1 + strings.LastIndexAny(text[:start], "\r\n")
			if before := strings.TrimRight(text[:start], "\r\n"); start == 0 || !strings.HasSuffix(before, `\`) {
				break
			}
			start--
		}
		until := "\r\n"
		for rest := text[end:]; ; rest = text[end:] {
			n := strings.IndexAny(rest, until+"(")
			switch {
			case n < 0:
				end = len(text)
			case rest[n] == '(' && until != ")":
				until, end = ")", end+n+1
				continue
			case rest[n] == '(', until != ")" && n > 0 && rest[n-1] == '\\':
				end += n + 1
				continue
			default:
				end += n
			}
			break
		}
		for _, w := range strings.FieldsFunc(text[start:end], func(r rune) bool { return r < utf8.RuneSelf && !source.InWord(byte(r)) }) {
			words[strings.Clone(w)] = true // the text is not kept for it
		}
		at = end
	}
}

// Project is what is known of the files of a project together. It is immutable; a nil Project knows nothing.
type Project struct {
	methods   map[string]bool
	keepAlive []KeepAlive
	loads     map[string][]host.Reference // by the path of what is loaded
	evidence  *realm.Index
	// runtimes are how Pyodide is set up in folders that have to do with it, by the files in and below them.
	runtimes map[string]realm.Runtime
	folders  map[string]pages
}

// pages are the pages and scripts of a folder: whether there are any, and whether one mentions MicroPython.
type pages struct{ some, microPython bool }

// NewProject puts together what verdicts depend on in a project's files, by their paths.
func NewProject(files map[string]Traits) *Project {
	p := &Project{loads: map[string][]host.Reference{}, folders: map[string]pages{}, runtimes: map[string]realm.Runtime{}}
	packages := map[string]bool{}
	known := make(map[string]bool, len(files))
	evidence := map[string][]realm.Evidence{}
	for file := range files {
		known[slashed(file)] = true
		if path.Base(slashed(file)) == "__init__.py" {
			packages[path.Dir(slashed(file))] = true
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		t := files[file]
		for _, m := range t.Methods {
			if p.methods == nil {
				p.methods = map[string]bool{}
			}
			p.methods[m] = true
		}
		if t.Page || len(t.Evidence) > 0 || t.Runtime != (realm.Runtime{}) {
			for _, dir := range around(slashed(file)) {
				p.runtimes[dir] = p.runtimes[dir].And(t.Runtime)
			}
		}
		if t.Page || t.MicroPython {
			dir := path.Dir(slashed(file))
			p.folders[dir] = pages{true, p.folders[dir].microPython || t.MicroPython}
		}
		if len(t.Evidence) > 0 {
			evidence[slashed(file)] = t.Evidence
		}
		if t.KeepAlive != nil {
			k := *t.KeepAlive
			k.Package = packages[path.Dir(k.Path)]
			p.keepAlive = append(p.keepAlive, k)
		}
		for _, r := range t.Loads {
			if to := resolve(slashed(file), r.Path, known); to != "" {
				p.loads[to] = append(p.loads[to], r)
			}
		}
	}
	p.evidence = realm.NewIndex(evidence)
	return p
}

// resolve is the file of the project that a document means by a path: seen from its own folder, else from one
// around that, which a server may have for its root.
func resolve(from, to string, known map[string]bool) string {
	for _, dir := range around(from) {
		if file := path.Join(dir, to); known[file] {
			return file
		}
	}
	return ""
}

// View is the project as one of its files sees it. reached says how bridge code imports the file.
func (p *Project) View(file string, reached flow.Bridge) View {
	v := View{Reached: reached}
	if p == nil {
		return v
	}
	v.Methods, v.KeepAlive, v.Runtime = p.methods, p.keepAlive, p.runtime(slashed(file))
	versions, because := p.evidence.Target(slashed(file))
	v.Versions, v.Because = versions, realm.Because(because)
	loads := p.loads[slashed(file)]
	v.MicroPython = len(loads) > 0
	v.PerhapsMicroPython = len(loads) == 0 && p.mayBeMicroPython(slashed(file))
	realms := map[Realm]bool{}
	for _, l := range loads {
		v.MicroPython = v.MicroPython && l.Runtime == host.MicroPython
		if l.Runtime == host.Pyodide {
			v.Reached = flow.Bare
		}
		if l.Runtime != host.MicroPython {
			realms[cmp.Or(realmOf(l.Where), Nowhere)] = true
		}
	}
	if len(realms) == 1 {
		v.Realm = slices.Collect(maps.Keys(realms))[0]
	}
	return v
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
// MicroPython: it may be theirs, by way of a script or of another file.
func (p *Project) mayBeMicroPython(file string) bool {
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
		v.Versions, v.Because = said, "the settings say so"
	}
	if target != 0 {
		v.Versions, v.Because = target, "the command line says so"
	}
	return v
}

// realmOf is a place in the words of realms, empty for any place.
func realmOf(w host.Where) Realm {
	return map[host.Where]Realm{host.OnPage: Main, host.InWorker: Worker, host.InNode: Node}[w]
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
