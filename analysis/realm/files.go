package realm

import (
	"iter"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"pyodide-ls/analysis/syntax/host"
)

// files finds the files of a project by the paths and names that code has for them.
type files struct {
	known map[string]*Facts
	// modules are the files of Python, and the packages, by their last name.
	modules map[string][]string
	// copied are the files that PyScript's settings put where Python imports them, by module, for the folder of the
	// settings and all below.
	copied map[string]map[string]string
	// made are the modules that scripts make of objects: no file is meant by their names.
	made map[string]bool
	// roots are the folders that a bundler serves.
	roots map[string]bool
	// unpacks says that a script of the project puts files where Python imports them.
	unpacks bool
	// resolved are the modules that were looked for, by the folder of who imports them and their names: a name is used
	// many times, and most of them are of no file of the project.
	resolved map[[2]string]resolved
}

func newFiles(known map[string]*Facts) *files {
	f := &files{known: known, modules: map[string][]string{}, copied: map[string]map[string]string{}, made: map[string]bool{}, roots: map[string]bool{}, resolved: map[[2]string]resolved{}}
	for file, facts := range known {
		f.unpacks = f.unpacks || facts.Unpacks
		if facts.Root {
			f.roots[path.Dir(file)] = true
		}
		if facts.Kind == host.Python {
			name := strings.TrimSuffix(strings.TrimSuffix(file, path.Ext(file)), "/__init__")
			f.modules[path.Base(name)] = append(f.modules[path.Base(name)], file)
		}
		for _, l := range facts.Links {
			if l.Kind == host.MakesModule {
				f.made[l.Path] = true
			}
		}
	}
	for _, all := range f.modules {
		slices.Sort(all)
	}
	for _, file := range slices.Sorted(maps.Keys(known)) { // of two that copy to one place the last one counts
		for _, s := range known[file].Settings {
			f.copy(file, s)
		}
	}
	return f
}

// copy notes what settings of PyScript put where.
func (f *files) copy(file string, s PyScript) {
	dir := path.Dir(file)
	for _, c := range s.Files {
		from := f.file(file, c.From)
		if from == "" || f.known[from].Kind != host.Python {
			continue
		}
		to := c.To
		if to == "" || strings.HasSuffix(to, "/") {
			to += path.Base(c.From)
		}
		if f.copied[dir] == nil {
			f.copied[dir] = map[string]string{}
		}
		to = strings.TrimSuffix(strings.TrimPrefix(path.Clean(to), "/"), ".py")
		f.copied[dir][strings.TrimSuffix(to, "/__init__")] = from
	}
}

// around is the folder of a slash-separated path and every folder around that.
func around(file string) iter.Seq[string] { return upwards(path.Dir(file)) }

// served are the folders whose content a web server or a bundler has at its root.
var served = []string{"", "public", "static"}

// file is the file that is meant by a path: seen from the folder of the file that has it, else from one around that,
// which a server may have for its root. It is empty where there is none.
func (f *files) file(from, to string) string {
	if strings.Contains(to, "://") {
		return ""
	}
	for dir := range f.seen(from) {
		for _, below := range served {
			if file := path.Join(dir, below, to); f.known[file] != nil {
				return file
			}
		}
	}
	return ""
}

// scriptEndings are what may be left out at the end of the path of a script; the first ones count before the others.
var scriptEndings = []string{"", ".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs", ".svelte", ".vue", "/index.ts", "/index.tsx", "/index.js", "/index.mjs"}

// script is the file of the script that is meant by a path, which need not have its ending, or may have that of what
// a compiler makes of it.
func (f *files) script(from, to string) string {
	for _, alias := range []string{"@/", "~/"} { // of the folder src, by convention
		if rest, ok := strings.CutPrefix(to, alias); ok {
			return f.anyScript(from, []string{"src/" + rest, rest})
		}
	}
	bases := []string{to}
	if base, ok := strings.CutSuffix(to, ".js"); ok {
		bases = append(bases, base) // of TypeScript
	} else if base, ok := strings.CutSuffix(to, ".mjs"); ok {
		bases = append(bases, base)
	}
	return f.anyScript(from, bases)
}

func (f *files) anyScript(from string, bases []string) string {
	for dir := range f.seen(from) {
		for _, below := range served {
			for _, base := range bases {
				for _, ending := range scriptEndings {
					file := path.Join(dir, below, base) + ending
					if facts := f.known[file]; facts != nil && facts.Kind != host.Unknown && facts.Kind != host.Python {
						return file
					}
				}
			}
		}
		if strings.HasPrefix(bases[0], ".") {
			break // it says from where it is seen
		}
	}
	return ""
}

// matching are the files that a mark of a file is about.
func (f *files) matching(file string, m Mark) []string {
	dir := path.Dir(file)
	for range m.Up {
		dir = path.Dir(dir)
	}
	var all []string
	for _, glob := range m.Files {
		if !strings.ContainsAny(glob, `*?[{\`) {
			if to := path.Join(dir, glob); f.known[to] != nil {
				all = append(all, to)
			}
			continue
		}
		for to, facts := range f.known {
			if m.App != NoApp && m.App != facts.App {
				continue
			}
			if below, ok := relative(dir, to); ok && doublestar.MatchUnvalidated(glob, below) {
				all = append(all, to)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// relative is a path below a folder, seen from there.
func relative(dir, file string) (string, bool) {
	if dir == "." {
		return file, !strings.HasPrefix(file, "../")
	}
	return strings.CutPrefix(file, strings.TrimSuffix(dir, "/")+"/")
}
