// Package realm knows where code runs and on which Pyodide, by what the files of a project say.
//
// Nothing in here fails: a file that cannot be read says nothing.
package realm

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// Evidence is a place that says which Pyodide a project is for.
type Evidence struct {
	Path     string // of the file, with slashes
	Line     int    // from 1
	What     string // what the file does, for people: "loads Pyodide 0.27.7"
	Versions pyodide.Versions
	Lock     bool // it says what is installed, and not only what is asked for
}

// String is the evidence as a sentence without a full stop.
func (e Evidence) String() string { return fmt.Sprintf("%s:%d %s", e.Path, e.Line, e.What) }

// readers are the files that say by their names what they are.
var readers = map[string]func(*reading){
	"package.json": (*reading).manifest, "package-lock.json": (*reading).npmLock, "npm-shrinkwrap.json": (*reading).npmLock,
	"yarn.lock": (*reading).yarnLock, "pnpm-lock.yaml": (*reading).pnpmLock, "bun.lock": (*reading).bunLock,
	"pyodide-lock.json": (*reading).pyodideLock,
	"pyscript.toml":     (*reading).interpreters, "pyscript.json": (*reading).interpreters,
}

// Names are the names of the files that hold evidence and nothing else of interest, sorted.
func Names() []string {
	var names []string
	for name := range readers {
		if host.Of(name) == host.Unknown {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// EvidenceIn is what a file says of Pyodide's version. The path is with slashes.
func EvidenceIn(file, text string) []Evidence {
	r := &reading{path: file, text: text}
	named := strings.Contains(text, "pyodide") || strings.Contains(text, "pyscript")
	if read := readers[path.Base(file)]; read != nil {
		if named || strings.HasPrefix(path.Base(file), "py") { // whose name says enough
			read(r)
		}
		return r.found
	}
	if !named || !slices.ContainsFunc(telling, func(word string) bool { return strings.Contains(text, word) }) {
		return nil
	}
	switch host.Of(file) {
	case host.HTML, host.Component:
		r.text = withoutComments(text, htmlComment, lineComment)
		r.addresses()
		r.interpreters()
	case host.JavaScript, host.TypeScript, host.TSX:
		r.text = withoutComments(text, blockComment, lineComment)
		r.addresses()
	}
	return r.found
}

// The comments that say nothing. What stands behind "//" is one only behind white space: addresses have it, too.
var (
	htmlComment  = regexp.MustCompile(`(?s)<!--.*?-->`)
	blockComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	lineComment  = regexp.MustCompile(`(?m)(?:^|[\s;{}])//.*$`)
)

// withoutComments blanks comments and keeps the lines.
func withoutComments(text string, comments ...*regexp.Regexp) string {
	for _, c := range comments {
		text = c.ReplaceAllStringFunc(text, func(comment string) string {
			return strings.Repeat("\n", strings.Count(comment, "\n"))
		})
	}
	return text
}

// reading is one file being read.
type reading struct {
	path, text string
	found      []Evidence
}

// add notes evidence at an offset; nothing is known by an empty set.
func (r *reading) add(at int, lock bool, versions pyodide.Versions, exact bool, format string, args ...any) {
	if versions == 0 {
		return
	}
	what := fmt.Sprintf(format, args...)
	if !exact {
		what += ", which is taken for " + versions.String()
	}
	e := Evidence{r.path, 1 + strings.Count(r.text[:at], "\n"), what, versions, lock}
	if !slices.ContainsFunc(r.found, func(o Evidence) bool { return o.What == e.What }) {
		r.found = append(r.found, e)
	}
}

// release notes that a release of Pyodide is loaded.
func (r *reading) release(at int, lock bool, verb, number string) {
	versions, exact := pyodide.OfRelease(number)
	r.add(at, lock, versions, exact, "%s Pyodide %s", verb, strings.TrimPrefix(number, "v"))
}

// pyscript notes that a release of PyScript is loaded, which loads a Pyodide of its own choice.
func (r *reading) pyscript(at int, lock bool, verb, number string) {
	if number == "" {
		return
	}
	if release, ok := pyodide.PyScript(number); ok {
		versions, exact := pyodide.OfRelease(release)
		r.add(at, lock, versions, exact, "%s PyScript %s, which loads Pyodide %s", verb, number, release)
		return
	}
	versions, exact := pyodide.PyScriptSatisfying(number)
	r.add(at, lock, versions, exact, "%s PyScript %s", verb, number)
}

// telling are the words of which one stands in every place that tells, so that most files are spared the rest.
var telling = []string{"pyodide/", "pyodide@", "pyodide-cdn2", "/pyodide", "pyscript.net/releases", "@pyscript/core@", "interpreter"}

// The addresses from which Pyodide and PyScript are loaded.
// Sources: https://pyodide.org/en/stable/usage/downloading-and-deploying.html,
// https://docs.pyscript.net/latest/beginning-pyscript/.
var (
	pyodideAddress  = regexp.MustCompile(`(?:\bpyodide|pyodide-cdn2\.iodide\.io)/v(\d[\w.]*)/|\bpyodide@v?(\d[\w.]*)`)
	pyodideByName   = regexp.MustCompile(`\bpyodide/v\$?\{\s*(?:[\w.]+\.)?(\w+)\s*\}`)
	newestAddress   = regexp.MustCompile(`\bpyodide/dev/full/|(?:cdn\.jsdelivr\.net/npm|unpkg\.com|esm\.sh)/pyodide(?:/|["'` + "`" + `]|@latest)`)
	pyscriptAddress = regexp.MustCompile(`\bpyscript\.net/releases/(\d{4}\.\d+\.\d+)|@pyscript/core@([\w.^~-]+)`)
)

// addresses finds what a page or a script loads.
func (r *reading) addresses() {
	for _, m := range pyodideAddress.FindAllStringSubmatchIndex(r.text, -1) {
		number := r.group(m, 1) + r.group(m, 2)
		r.release(m[0], false, "loads", strings.TrimRight(number, "."))
	}
	for _, m := range pyodideByName.FindAllStringSubmatchIndex(r.text, -1) {
		constant := regexp.MustCompile(`\b` + r.group(m, 1) + `\b\s*(?::\s*\w+\s*)?[:=]\s*["'` + "`" + `]v?(\d[\w.]*)["'` + "`" + `]`)
		if c := constant.FindStringSubmatchIndex(r.text); c != nil {
			r.release(c[0], false, "loads", r.text[c[2]:c[3]])
		}
	}
	for _, m := range newestAddress.FindAllStringIndex(r.text, -1) {
		r.add(m[0], false, pyodide.Only(pyodide.V314), false, "loads the newest Pyodide")
	}
	for _, m := range pyscriptAddress.FindAllStringSubmatchIndex(r.text, -1) {
		r.pyscript(m[0], false, "loads", r.group(m, 1)+r.group(m, 2))
	}
}

// group is what a part of a pattern matched, empty if it did not.
func (r *reading) group(m []int, i int) string {
	if m[2*i] < 0 {
		return ""
	}
	return r.text[m[2*i]:m[2*i+1]]
}

// interpreter is PyScript's setting that names a Pyodide of its own: a release, or the address of one.
// Source: https://docs.pyscript.net/latest/user-guide/configuration/
var interpreter = regexp.MustCompile(`(?m)\binterpreter["']?\s*[:=]\s*["']([^"'\n]+)["']`)

func (r *reading) interpreters() {
	for _, m := range interpreter.FindAllStringSubmatchIndex(r.text, -1) {
		value := r.group(m, 1)
		if a := pyodideAddress.FindStringSubmatch(value); a != nil {
			value = a[1] + a[2]
		}
		r.release(m[0], false, "names", value)
	}
}
