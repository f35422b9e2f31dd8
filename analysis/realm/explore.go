package realm

import (
	"maps"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// Parser parses files of Python and hosts, and gives what is in those that can be parsed.
type Parser func(paths []string) map[string]Python

// frontier is the files that are to be parsed next, each file once.
type frontier struct {
	*Graph
	seen map[string]bool
	next []string
}

func (f *frontier) want(file string) {
	if facts := f.files.known[file]; facts != nil && !f.seen[file] && (facts.Kind == host.Python || len(facts.Units) > 0) {
		f.seen[file] = true
		f.next = append(f.next, file)
	}
}

// explore parses the Python that is bridge code, or that pages and scripts load, then what that imports, and so on.
func (g *Graph) explore(known map[string]Python, parse Parser) {
	f := &frontier{Graph: g, seen: map[string]bool{}}
	for file, facts := range g.files.known {
		f.start(file, facts)
	}
	for len(f.next) > 0 {
		now := f.next
		f.next = nil
		slices.Sort(now)
		var missing []string
		for _, file := range now {
			if p, ok := known[file]; ok {
				g.python[file] = p
			} else {
				missing = append(missing, file)
			}
		}
		if len(missing) > 0 && parse != nil {
			maps.Copy(g.python, parse(missing))
		}
		for _, file := range now {
			f.goOn(file)
		}
	}
}

// start wants what a file says that is to be parsed for itself: the file, or others.
func (f *frontier) start(file string, facts *Facts) {
	if facts.Bridge || facts.Tests || facts.Set != 0 && facts.Kind == host.Python {
		f.want(file)
	}
	for _, l := range facts.Links {
		f.want(f.linked(file, l))
	}
	for _, s := range facts.Settings {
		for _, c := range s.Files {
			f.want(f.files.file(file, c.From))
		}
	}
	for _, m := range facts.Marks {
		if m.Realms.And(pyodide.InPyodide) != 0 || !m.Weak {
			for _, to := range f.files.matching(file, m) {
				f.want(to)
			}
		}
	}
}

// goOn wants what the Python of a file imports and starts. What an example in a text imports is an example.
func (f *frontier) goOn(file string) {
	if f.files.known[file].Kind == host.Markdown {
		return
	}
	for _, code := range f.python[file] {
		for _, i := range code.Imports {
			for _, to := range f.imported(file, i, code.Paths) {
				f.want(to)
			}
		}
		for _, l := range code.Loads {
			f.want(f.files.file(file, l.Path))
		}
	}
}

// linked is the file that a link of a file leads to, empty if it is none of the project.
func (g *Graph) linked(file string, l Link) string {
	switch l.Kind {
	case host.LoadsPython:
		return g.files.file(file, l.Path)
	case host.LoadsScript, host.StartsWorker, host.StartsServiceWorker:
		return g.files.script(file, l.Path)
	case host.ImportsModule:
		if to, _ := g.files.module(file, l.Path); to != "" {
			return to
		}
		return g.files.only(l.Path)
	}
	return ""
}

// imported are the files that an import leads to: the module, what of it is a module of its own, and the packages
// around them.
func (g *Graph) imported(file string, i Import, paths []string) []string {
	to, packages := g.files.module(file, i.Module)
	all := slices.Clone(packages)
	if to != "" {
		all = append(all, to)
	}
	for _, name := range i.Names {
		if sub, around := g.files.module(file, joinModule(i.Module, name)); sub != "" {
			all = append(append(all, around...), sub) // all is a copy of its own
		}
	}
	if len(all) == 0 && g.files.unpacks {
		if to := g.files.only(i.Module); to != "" {
			all = append(all, to)
		}
	}
	if len(all) == 0 {
		all = g.files.below(i.Module, paths)
	}
	return all
}

// joinModule is the name of a module in a package, whose name may be nothing but dots.
func joinModule(in, name string) string {
	if name == "*" {
		return in
	}
	if strings.HasSuffix(in, ".") {
		return in + name
	}
	return in + "." + name
}
