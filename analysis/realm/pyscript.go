package realm

import (
	"cmp"
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
	Names        []string // of what is put where Python may import it, wherever it comes from, without endings and folders
	Archives     bool     // some of it is an archive
	Packages     int      // the line of the list of packages, 0 if there is none
	Line         int      // at which the settings begin, 1-based
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
	if values["packages"] != nil {
		s.Packages = at("packages")
	}
	s.Files = files2024(values, at)
	s.Files = append(s.Files, fetched(values, at)...)
	s.Names, s.Archives = brought(values)
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

// brought are the names of all files that settings put into Pyodide's file system, and whether one is an archive.
func brought(values map[string]any) (names []string, archives bool) {
	add := func(file string) {
		archives = archives || archive.MatchString(file)
		for part := range strings.SplitSeq(file, "/") {
			if name := strings.TrimSuffix(part, ".py"); name != "" && name != "." {
				names = append(names, name)
			}
		}
	}
	files, _ := values["files"].(map[string]any)
	for from, to := range files {
		text, _ := to.(string)
		add(from)
		add(text)
		archives = archives || strings.Contains(text, "*") // of which it is unpacked
	}
	for _, one := range append(list(values["fetch"]), list(values["paths"])...) {
		table, _ := one.(map[string]any)
		path, _ := one.(string)
		from, _ := table["from"].(string)
		file, _ := table["to_file"].(string)
		folder, _ := table["to_folder"].(string)
		for _, name := range []string{path, from, file, folder} {
			add(name)
		}
		for _, f := range list(table["files"]) {
			name, _ := f.(string)
			add(name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), archives
}

// archive is the name of a file that holds others.
var archive = regexp.MustCompile(`(?i)\.(?:zip|whl|tar|tgz|gz|bz2|xz)(?:$|[?#])`)

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

// placeholder is a name in braces, which another entry gives a value.
var placeholder = regexp.MustCompile(`^\{[^}]+\}$`)

// maxPath is longer than any path that is meant.
const maxPath = 4096

// files2024 reads the table "files".
// Source: https://docs.pyscript.net/latest/user-guide/configuration/#files
func files2024(values map[string]any, line func(string) int) []Copied {
	table, _ := values["files"].(map[string]any)
	var replace []string
	for from, to := range table {
		if text, ok := to.(string); ok && placeholder.MatchString(from) && len(text) <= maxPath {
			replace = append(replace, from, text)
		}
	}
	placeholders := strings.NewReplacer(replace...)
	expand := func(text string) string {
		for range len(replace) / 2 { // one may stand for another; more than there are stand for themselves
			if !strings.Contains(text, "{") || len(text) > maxPath {
				break
			}
			text = placeholders.Replace(text)
		}
		return text
	}
	var all []Copied
	for _, from := range slices.Sorted(maps.Keys(table)) {
		to, ok := table[from].(string)
		if !ok || placeholder.MatchString(from) {
			continue
		}
		path, to := expand(from), expand(to)
		if strings.HasSuffix(path, ".py") && !strings.Contains(path, "://") && !strings.Contains(path+to, "{") {
			all = append(all, Copied{path, to, line(from)})
		}
	}
	return all
}

// fetched reads the lists of 2022 and 2023: "fetch", of tables with "from", "to_folder" and "files" or "to_file", and
// "paths".
// Source: https://github.com/pyscript/polyscript/blob/main/esm/interpreter/_utils.js
func fetched(values map[string]any, line func(string) int) []Copied {
	var all []Copied
	add := func(from, to, word string) {
		if strings.HasSuffix(from, ".py") && !strings.Contains(from, "://") {
			all = append(all, Copied{from, to, line(word)})
		}
	}
	for _, one := range list(values["fetch"]) {
		table, _ := one.(map[string]any)
		from, _ := table["from"].(string)
		folder, _ := table["to_folder"].(string)
		name, renamed := table["to_file"].(string)
		if folder = below(folder); folder == "./" {
			folder = ""
		}
		if table["files"] == nil {
			add(from, folder+cmp.Or(name, from[1+strings.LastIndex(from, "/"):]), from)
		} else if !renamed { // PyScript takes only one of the two
			for _, f := range list(table["files"]) {
				if file, ok := f.(string); ok {
					add(below(from)+file, folder+file, file)
				}
			}
		}
	}
	for _, f := range list(values["paths"]) {
		if name, ok := f.(string); ok {
			add(name, "", name)
		}
	}
	return all
}

// below is a folder as what stands before the names in it.
func below(folder string) string {
	if folder == "" || strings.HasSuffix(folder, "/") {
		return folder
	}
	return folder + "/"
}

var htmlComment = regexp.MustCompile(`(?s)<!--.*?-->`)

// PyScriptOfPage reads the settings of PyScript in a page: the content of its tags for that, and the attributes of its
// scripts that are settings and not the name of a file.
func PyScriptOfPage(text string) []PyScript {
	if !strings.Contains(text, "config") {
		return nil
	}
	text = htmlComment.ReplaceAllStringFunc(text, func(s string) string { // the lines stay
		return strings.Map(func(r rune) rune {
			if r == '\n' {
				return r
			}
			return ' '
		}, s)
	})
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
		if t := typeAttribute.FindStringSubmatch(tag); t != nil && (strings.EqualFold(t[1], "mpy") || strings.EqualFold(t[1], "micropython")) {
			continue
		}
		if c := configAttribute.FindStringSubmatchIndex(tag); c != nil && strings.Contains(tag[c[2]:c[3]], "{") {
			add(html.UnescapeString(tag[c[2]+1:c[3]-1]), m[0]+c[2])
		}
	}
	return all
}
