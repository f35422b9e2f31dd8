package analysis

import (
	"regexp"
	"strings"

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
}

// TraitsOf looks through a text. It sees through UTF-16, which hides words behind NUL bytes: such a file is
// worth a word of its own if it has to do with the bridge.
func TraitsOf(text string) Traits {
	if strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(text, "\x00", "")
	}
	return Traits{
		Bridge:      strings.Contains(text, "pyodide-ls") || hasAnyWord(text, pyodide.Words),
		Methods:     definedMethods(text),
		AutoProxies: setsAutoProxies(text),
	}
}

// Add counts a file of the project in.
func (p *Project) Add(t Traits) {
	for _, m := range t.Methods {
		if p.Methods == nil {
			p.Methods = map[string]bool{}
		}
		p.Methods[m] = true
	}
	p.AutoProxies = p.AutoProxies || t.AutoProxies
}

func hasAnyWord(text string, words []string) bool {
	for _, w := range words {
		if HasWord(text, w) {
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
		if HasWord(text, "def "+name) {
			found = append(found, name)
		}
	}
	return found
}
