package realm

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// settings reads the settings of PyScript, which stand at an offset of the file: which interpreter they name.
// Source: https://docs.pyscript.net/latest/user-guide/configuration/#interpreter; before 2023.11.1 it was a list.
func (s *scan) settings(text string, at int) {
	values := map[string]any{}
	if trimmed := strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")); strings.HasPrefix(trimmed, "{") {
		if json.Unmarshal([]byte(trimmed), &values) != nil {
			return
		}
	} else if toml.Unmarshal([]byte(strings.TrimPrefix(text, "\ufeff")), &values) != nil {
		return
	}
	if m := interpreterKey.FindStringIndex(text); m != nil {
		at += m[0]
	}
	if named, ok := values["interpreter"].(string); ok {
		s.interpreter(at, named)
	}
	for _, key := range []string{"interpreters", "runtimes"} {
		list, _ := values[key].([]any)
		for _, one := range list {
			table, _ := one.(map[string]any)
			if named, ok := table["src"].(string); ok {
				s.interpreter(at, named)
			}
		}
	}
}

var (
	interpreterKey = regexp.MustCompile(`\binterpreters?\b|\bruntimes\b`)
	elsewhere      = regexp.MustCompile(`^(?:\.?\.?/|[A-Za-z0-9-]+://)`)
)

// interpreter notes which Pyodide PyScript is told to load. One at an address that has no number is not known, but
// it is not the one that PyScript would load by itself.
func (s *scan) interpreter(at int, named string) {
	const words = "PyScript's settings ask for Pyodide"
	if !elsewhere.MatchString(named) {
		s.loads(at, words, named, Named, "")
		return
	}
	if !strings.Contains(named, "pyodide") {
		return // MicroPython's, or none of a page
	}
	for _, m := range productsIn(named) {
		if n := release.FindStringSubmatch(named[m[1]:]); n != nil {
			s.loads(at, words, n[1], Named, "")
			return
		}
	}
	s.add(at, Evidence{What: "PyScript's settings ask for a Pyodide of their own", Strength: Named})
}

// The places in a page where settings of PyScript or polyscript stand.
var (
	configTag       = regexp.MustCompile(`(?is)<py-config\b[^>]*>(.*?)</py-config\s*>`)
	scriptTag       = regexp.MustCompile(`(?is)<(?:script|py-script)\b(?:[^>"']|"[^"]*"|'[^']*')*>`)
	configAttribute = regexp.MustCompile(`(?is)\sconfig\s*=\s*("[^"]*"|'[^']*')`)
	typeAttribute   = regexp.MustCompile(`(?is)\stype\s*=\s*["']?\s*([\w-]+)`)
	version         = regexp.MustCompile(`(?is)\sversion\s*=\s*["']?\s*([^\s"'>]+)`)
)

// page reads the settings in a page.
func (s *scan) page(text string) {
	for _, m := range configTag.FindAllStringSubmatchIndex(text, -1) {
		s.settings(text[m[2]:m[3]], m[2])
	}
	for _, m := range scriptTag.FindAllStringIndex(text, -1) {
		tag := text[m[0]:m[1]]
		kind := ""
		if t := typeAttribute.FindStringSubmatch(tag); t != nil {
			kind = strings.ToLower(t[1])
		}
		if kind == "mpy" || kind == "micropython" {
			continue
		}
		if c := configAttribute.FindStringSubmatchIndex(tag); c != nil && kind != "module" {
			s.settings(html.UnescapeString(tag[c[2]+1:c[3]-1]), m[0]+c[2])
		}
		if v := version.FindStringSubmatchIndex(tag); v != nil && kind == "pyodide" { // polyscript's own
			s.interpreter(m[0]+v[2], html.UnescapeString(tag[v[2]:v[3]]))
		}
	}
}
