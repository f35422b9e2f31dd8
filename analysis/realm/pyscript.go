package realm

import (
	"encoding/json"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"pyodide-ls/analysis/pyodide"
)

// PyScript is what settings of PyScript say of other files.
type PyScript struct {
	Files        []Copied
	SyncMainOnly bool // workers do not reach the page, and so need no shared memory for it
	JSModules    []Module
	Line         int // at which the settings begin, 1-based
}

// Copied is a file of the project and where Python finds it.
type Copied struct {
	From, To string
	Line     int
}

// Module is a file of JavaScript that settings make a module of Python's.
type Module struct {
	Path, Name string
	Realms     pyodide.Realms
	Line       int
}

// PyScriptIn reads settings of PyScript, in JSON or in TOML; ok is false if they are neither.
func PyScriptIn(text string) (s PyScript, ok bool) { return pyScriptAt(text, 1) }

// pyScriptAt is PyScriptIn for settings that begin on a line of a document.
func pyScriptAt(text string, line int) (s PyScript, ok bool) {
	text = strings.TrimPrefix(text, "\ufeff")
	values := map[string]any{}
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		if json.Unmarshal([]byte(text), &values) != nil {
			return s, false
		}
	} else if toml.Unmarshal([]byte(text), &values) != nil {
		return s, false
	}
	s.Line = line
	at := func(word string) int {
		return line + strings.Count(text[:max(0, strings.Index(text, word))], "\n")
	}
	s.Files = files2024(values, at)
	s.Files = append(s.Files, fetched(values, at)...)
	s.SyncMainOnly, _ = values["sync_main_only"].(bool)
	modules, _ := values["js_modules"].(map[string]any)
	for _, realms := range []pyodide.Realms{pyodide.Main, pyodide.Worker} {
		all, _ := modules[realms.Names()[0]].(map[string]any)
		for _, address := range slices.Sorted(maps.Keys(all)) {
			if name, ok := all[address].(string); ok && !strings.Contains(address, "://") {
				s.JSModules = append(s.JSModules, Module{address, name, realms, at(address)})
			}
		}
	}
	slices.SortStableFunc(s.JSModules, func(a, b Module) int { return a.Line - b.Line })
	return s, true
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

// placeholder is a name in braces, which another entry gives a value.
var placeholder = regexp.MustCompile(`^\{[^}]+\}$`)

// files2024 reads the table "files".
// Source: https://docs.pyscript.net/latest/user-guide/configuration/#files
func files2024(values map[string]any, line func(string) int) []Copied {
	table, _ := values["files"].(map[string]any)
	var replace []string
	for from, to := range table {
		if text, ok := to.(string); ok && placeholder.MatchString(from) {
			replace = append(replace, from, text)
		}
	}
	expand := strings.NewReplacer(replace...)
	var all []Copied
	for _, from := range slices.Sorted(maps.Keys(table)) {
		to, ok := table[from].(string)
		if !ok || placeholder.MatchString(from) {
			continue
		}
		if path := expand.Replace(from); strings.HasSuffix(path, ".py") && !strings.Contains(path, "://") {
			all = append(all, Copied{path, expand.Replace(to), line(from)})
		}
	}
	return all
}

// fetched reads the lists of 2022 and 2023: "fetch", of tables with "files", "from", "to_folder" and "to_file", and
// "paths".
func fetched(values map[string]any, line func(string) int) []Copied {
	var all []Copied
	for _, one := range list(values["fetch"]) {
		table, _ := one.(map[string]any)
		from, _ := table["from"].(string)
		folder, _ := table["to_folder"].(string)
		if from != "" && !strings.HasSuffix(from, "/") {
			from += "/"
		}
		if folder == "." {
			folder = ""
		}
		if folder != "" && !strings.HasSuffix(folder, "/") {
			folder += "/"
		}
		for _, f := range list(table["files"]) {
			if name, ok := f.(string); ok && strings.HasSuffix(name, ".py") && !strings.Contains(from, "://") {
				all = append(all, Copied{from + name, folder + name, line(name)})
			}
		}
	}
	for _, f := range list(values["paths"]) {
		if name, ok := f.(string); ok && strings.HasSuffix(name, ".py") && !strings.Contains(name, "://") {
			all = append(all, Copied{name, "", line(name)})
		}
	}
	return all
}

// PyScriptOfPage reads the settings of PyScript in a page: the content of its tags for that, and the attributes of its
// scripts that are settings and not the name of a file.
func PyScriptOfPage(text string) []PyScript {
	if !strings.Contains(text, "py-config") && !strings.Contains(text, "config=") {
		return nil
	}
	var all []PyScript
	add := func(settings string, at int) {
		if s, ok := pyScriptAt(settings, 1+strings.Count(text[:at], "\n")); ok {
			all = append(all, s)
		}
	}
	for _, m := range configTag.FindAllStringSubmatchIndex(text, -1) {
		add(text[m[2]:m[3]], m[2])
	}
	for _, m := range scriptTag.FindAllStringIndex(text, -1) {
		tag := text[m[0]:m[1]]
		if t := typeAttribute.FindStringSubmatch(tag); t != nil && (t[1] == "mpy" || t[1] == "micropython") {
			continue
		}
		if c := configAttribute.FindStringSubmatchIndex(tag); c != nil && strings.Contains(tag[c[2]:c[3]], "{") {
			add(html.UnescapeString(tag[c[2]+1:c[3]-1]), m[0]+c[2])
		}
	}
	return all
}
