package realm

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Memory is shared memory, or an array on it, that has a name by which other files reach it.
type Memory struct {
	Name   string // in JavaScript's global scope, or at the top level of a text of Python
	Array  string // the class of the array; empty for the memory itself
	Posted bool   // the file that makes it hands it to another thread
}

// Posted is something of another text that a text hands to another thread.
type Posted struct{ Module, Name string }

var (
	// assigned is what a script gives a name: of a variable, or in the global scope.
	assigned = regexp.MustCompile(`(?m)(?:\b(self|globalThis|window)\.)?\b(\w+)\s*=\s*([^=>;\n][^;\n]*)`)
	arrayOn  = regexp.MustCompile(`^new\s+(\w+Array)\(\s*(?:(new\s+SharedArrayBuffer\b)|(?:(?:self|globalThis|window)\.)?(\w+)(\.buffer)?\s*[,)])`)
	memoryOn = regexp.MustCompile(`^new\s+SharedArrayBuffer\b`)
	justName = regexp.MustCompile(`^(?:(?:self|globalThis|window)\.)?(\w+)\s*$`)
	posting  = regexp.MustCompile(`\bpostMessage\(([^)]*)`)
	word     = regexp.MustCompile(`\w+`)
)

// MemoryIn is the shared memory that the scripts in a text give a name in JavaScript's global scope.
func MemoryIn(text string) (all []Memory) {
	if !strings.Contains(text, "SharedArrayBuffer") {
		return nil
	}
	type value struct{ array, of string } // of is the first name of the memory
	known := map[string]value{}
	var global []string
	for _, m := range assigned.FindAllStringSubmatch(text, -1) {
		name, given := m[2], strings.TrimSpace(m[3])
		v, ok := value{}, true
		if on := arrayOn.FindStringSubmatch(given); on != nil {
			from, shared := known[on[3]]
			ok = on[2] != "" || shared && (from.array == "") == (on[4] == "") // an array on an array is a copy
			v = value{on[1], cmp.Or(from.of, name)}
		} else if memoryOn.MatchString(given) {
			v = value{"", name}
		} else if other := justName.FindStringSubmatch(given); other != nil {
			v, ok = known[other[1]]
		} else {
			ok = false
		}
		if !ok {
			delete(known, name)
			continue
		}
		known[name] = v
		if m[1] != "" {
			global = append(global, name)
		}
	}
	handed := map[string]bool{}
	for _, m := range posting.FindAllStringSubmatch(text, -1) {
		for _, w := range word.FindAllString(m[1], -1) {
			if v, ok := known[w]; ok {
				handed[v.of] = true
			}
		}
	}
	for _, name := range global {
		if v, ok := known[name]; ok {
			all = append(all, Memory{name, v.array, handed[v.of]})
		}
	}
	return all
}

// memory reads which shared memory has a name at the top level, and what the text posts.
func (r *reader) memory() {
	text := r.Tree().Text()
	carried := map[syntax.Node]bool{}
	if strings.Contains(text, pyodide.PostMessage) { // which spares most texts the rest
		carried = r.messages()
	}
	if !strings.Contains(text, "SharedArrayBuffer") && !strings.Contains(text, "WebAssembly") {
		return
	}
	for name, bound := range r.Module().All() {
		if len(bound.Bindings) != 1 || bound.Bindings[0].How != scope.ByAssignment {
			continue
		}
		value := bound.Bindings[0].Value
		made := r.flow.SharedMemory(value)
		if !made.OK() {
			continue
		}
		m := Memory{Name: name, Posted: carried[made]}
		_, array, _ := r.flow.ArrayMade(value)
		m.Array = array.Name
		r.code.Memory = append(r.code.Memory, m)
	}
	slices.SortFunc(r.code.Memory, func(a, b Memory) int { return cmp.Compare(a.Name, b.Name) })
}

// messages are the expressions that make the shared memory which the text posts; what it posts of others it notes.
// What a page posts to itself reaches no other thread.
func (r *reader) messages() map[syntax.Node]bool {
	carried := map[syntax.Node]bool{}
	for _, c := range r.flow.Calls() {
		if c.Method != pyodide.PostMessage || c.Name == "js."+pyodide.PostMessage {
			continue
		}
		message := c.Node.Child(syntax.FieldArguments)
		for _, made := range r.flow.Carried(message) {
			carried[made] = true
		}
		r.posts(message, messageDepth)
	}
	return carried
}

// messageDepth bounds how deep in a message something of another text is looked for.
const messageDepth = 6

// posts notes what of another text a message holds.
func (r *reader) posts(message syntax.Node, depth int) {
	if held := r.flow.Held(message); len(held) > 0 && depth > 0 {
		for _, value := range held {
			r.posts(value, depth-1)
		}
		return
	}
	n := message
	for n.Kind() == syntax.Attribute {
		n = n.Child(syntax.FieldObject)
	}
	name := r.Lookup(n)
	if n.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByImport ||
		pyodide.IsBridge(name.Bindings[0].Import) {
		return
	}
	module, path := r.Imported(name.Bindings[0])
	path, of, more := strings.Cut(used(path, n), ".")
	if p := (Posted{module, path}); path != "*" && (!more || of == "buffer") && !slices.Contains(r.code.Posts, p) {
		r.code.Posts = append(r.code.Posts, p)
	}
}

// Shared is memory that another thread has, as one file sees it.
type Shared struct {
	Array string // the class of the array; empty for the memory itself
	By    string // the file that hands it to the other thread, if it is another one
}

// sharing is who shares which memory: that of scripts by the script, that of Python by its file and name.
type sharing struct {
	scripts map[string]map[string]Shared
	python  map[Posted]Shared
}

// share finds out which memory of the project other threads have.
func (g *Graph) share(paths []string) {
	g.sharing = sharing{map[string]map[string]Shared{}, map[Posted]Shared{}}
	for _, file := range paths {
		for _, m := range g.files.known[file].Memory {
			if !m.Posted {
				continue
			}
			if g.scripts[file] == nil {
				g.scripts[file] = map[string]Shared{}
			}
			g.scripts[file]["js."+m.Name] = Shared{m.Array, file}
		}
		for _, code := range g.python[file] {
			for _, m := range code.Memory {
				if m.Posted {
					g.sharing.python[Posted{file, m.Name}] = Shared{m.Array, file}
				}
			}
		}
	}
	for _, file := range paths {
		for _, code := range g.python[file] {
			for _, p := range code.Posts {
				if to, m, ok := g.memoryOf(file, p); ok && g.sharing.python[to] == (Shared{}) {
					g.sharing.python[to] = Shared{m.Array, file}
				}
			}
		}
	}
}

// memoryOf is the memory that a file has from another one under a name.
func (g *Graph) memoryOf(file string, p Posted) (of Posted, m Memory, ok bool) {
	to := g.files.look(file, p.Module)
	for _, code := range g.python[to] {
		for _, m := range code.Memory {
			if m.Name == p.Name {
				return Posted{to, m.Name}, m, true
			}
		}
	}
	return Posted{}, Memory{}, false
}

// SharedAt is the memory that other threads have, by the names by which the Python of a file reaches it: "js.cells" for
// what is in JavaScript's global scope, "tide.cells" for what is imported, and "cells" for what is its own.
func (g *Graph) SharedAt(file string) map[string]Shared {
	if g == nil || len(g.scripts) == 0 && len(g.sharing.python) == 0 {
		return nil
	}
	all := map[string]Shared{}
	for _, by := range g.beside(file) {
		maps.Copy(all, g.scripts[by])
	}
	for name, s := range all {
		if s.By == file {
			s.By = ""
			all[name] = s
		}
	}
	for _, code := range g.texts(file) {
		for _, m := range code.Memory {
			if s, ok := g.sharing.python[Posted{file, m.Name}]; ok && s.By != file {
				all[m.Name] = s
			}
		}
		for _, u := range code.Uses {
			name, _, _ := strings.Cut(u.Path, ".")
			if u.Module == "" {
				continue // of this file
			}
			to, _, _ := g.memoryOf(file, Posted{u.Module, name})
			if s, ok := g.sharing.python[to]; ok {
				all[u.Module+"."+name] = s
			}
		}
	}
	return all
}

// beside are a file, what brings it to run, and the scripts which that loads besides.
func (g *Graph) beside(file string) []string {
	if len(g.scripts) == 0 {
		return nil
	}
	all := append([]string{file}, g.behind(file)...)
	for _, by := range all {
		for _, l := range g.files.known[by].Links {
			if script := g.files.script(by, l.Path); l.Kind == host.LoadsScript && script != "" {
				all = append(all, script)
			}
		}
	}
	return all
}
