package analysis

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"pyodide-ls/analysis/pyodide"
)

// Traits are what a scan of a file's bytes finds in it that verdicts on other files of the project depend
// on. The scan spares most files the parser.
type Traits struct {
	// Bridge says that the text has a word without which it cannot be bridge code, or speaks to this program.
	Bridge bool
	// Methods are the platform's own methods (pyodide.OwnMethods) that the text defines for itself.
	Methods []string
	// AutoProxies says that the text turns PyScript's own proxies on.
	AutoProxies bool
	// KeepAlive is the function of the text that keeps proxies, nil if it has none.
	KeepAlive *KeepAlive
	// Imports are the words of what may be import statements, sorted: a file that imports a module has its
	// name among them.
	Imports []string
}

// TraitsOf looks through the text of a file. It sees through UTF-16, which hides words behind NUL bytes: such a file is
// worth a word of its own if it has to do with the bridge.
func TraitsOf(file, text string) Traits {
	if strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(text, "\x00", "")
	}
	return Traits{
		Bridge:      strings.Contains(text, "pyodide-ls") || hasAnyWord(text, pyodide.Words),
		Methods:     definedMethods(text),
		AutoProxies: setsAutoProxies(text),
		KeepAlive:   findKeepAlive(slashed(file), text),
		Imports:     importWords(text),
	}
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
		for _, w := range strings.FieldsFunc(text[start:end], func(r rune) bool { return r < utf8.RuneSelf && !letter(byte(r)) }) {
			words[strings.Clone(w)] = true // the text is not kept for it
		}
		at = end
	}
}

// NewProject is what verdicts depend on in a project's files, by their paths.
func NewProject(files map[string]Traits) Project {
	var p Project
	packages := map[string]bool{}
	for file := range files {
		if path.Base(slashed(file)) == "__init__.py" {
			packages[path.Dir(slashed(file))] = true
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		t := files[file]
		for _, m := range t.Methods {
			if p.Methods == nil {
				p.Methods = map[string]bool{}
			}
			p.Methods[m] = true
		}
		p.AutoProxies = p.AutoProxies || t.AutoProxies
		if t.KeepAlive != nil {
			k := *t.KeepAlive
			k.Package = packages[path.Dir(k.Path)]
			p.KeepAlive = append(p.KeepAlive, k)
		}
	}
	return p
}

// slashed is a path with slashes, on every system.
func slashed(file string) string { return strings.ReplaceAll(file, `\`, "/") }

func hasAnyWord(text string, words []string) bool {
	for _, w := range words {
		if hasWord(text, w) {
			return true
		}
	}
	return false
}

// autoProxies finds PyScript's experimental_create_proxy = "auto", in TOML, JSON and Python alike.
// Source: https://docs.pyscript.net/latest/user-guide/configuration/
var autoProxies = regexp.MustCompile(`experimental_create_proxy\W{1,12}auto\b`)

func setsAutoProxies(text string) bool {
	return strings.Contains(text, "experimental_create_proxy") && autoProxies.MatchString(text)
}

func definedMethods(text string) []string {
	var found []string
	for _, name := range pyodide.OwnMethods() {
		if hasWord(text, "def "+name) {
			found = append(found, name)
		}
	}
	return found
}
