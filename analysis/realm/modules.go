package realm

import (
	"maps"
	"path"
	"slices"
	"strings"

	"pyodide-ls/analysis/syntax/host"
)

type resolved struct {
	file     string
	packages []string
}

// packaged are the folders of a project in which its packages lie.
// Source: https://packaging.python.org/en/latest/discussions/src-layout-vs-flat-layout/
var packaged = []string{"", "src"}

// module is the file that a module's dotted name means for an import in a file, and the packages around it, which are
// imported with it, from the outermost in.
func (f *files) module(from, name string) (file string, packages []string) {
	key := [2]string{path.Dir(from), name}
	r, known := f.resolved[key]
	if !known {
		r.file, r.packages = f.resolve(from, name)
		f.resolved[key] = r
	}
	return r.file, r.packages
}

// look is the file of a module for questions about a graph that is made: they come from everywhere at once, so that it
// notes nothing.
func (f *files) look(from, name string) string {
	if r, known := f.resolved[[2]string{path.Dir(from), name}]; known {
		return r.file
	}
	file, _ := f.resolve(from, name)
	return file
}

func (f *files) resolve(from, name string) (file string, packages []string) {
	rest := strings.TrimLeft(name, ".")
	parts := strings.Split(rest, ".")
	if levels := len(name) - len(rest); levels > 0 {
		dir := path.Dir(from)
		for range levels - 1 {
			dir = path.Dir(dir)
		}
		return f.moduleIn(dir, parts)
	}
	for dir := range around(from) { // what PyScript is told to put there hides what lies beside the file in the project
		if file := f.copied[dir][strings.Join(parts, "/")]; file != "" {
			return file, nil
		}
	}
	for dir := range around(from) {
		for _, below := range packaged {
			if file, packages := f.moduleIn(path.Join(dir, below), parts); file != "" {
				return file, packages
			}
		}
	}
	return "", nil
}

func (f *files) moduleIn(dir string, parts []string) (file string, packages []string) {
	if parts[0] == "" {
		return f.python(dir + "/__init__.py"), nil
	}
	for i := range parts {
		at := path.Join(dir, path.Join(parts[:i+1]...))
		if i < len(parts)-1 {
			if p := f.python(at + "/__init__.py"); p != "" {
				packages = append(packages, p)
			}
			continue
		}
		if file = f.python(at + "/__init__.py"); file == "" {
			file = f.python(at + ".py")
		}
	}
	if file == "" {
		return "", nil
	}
	return file, packages
}

// python is a path if a file of Python is there.
func (f *files) python(file string) string {
	file = path.Clean(file)
	if facts := f.known[file]; facts == nil || facts.Kind != host.Python {
		return ""
	}
	return file
}

// only is the file of a module of that name, if the project has one file for it and no script makes a module of it.
func (f *files) only(name string) string {
	first, _, _ := strings.Cut(name, ".")
	if f.made[first] {
		return ""
	}
	found := ""
	for _, file := range f.modules[name[strings.LastIndexByte(name, '.')+1:]] {
		if f.dotted(file) != name {
			continue
		}
		if found != "" {
			return ""
		}
		found = file
	}
	return found
}

// below are the files of a module in a folder that stands in Pyodide's file system under one of some paths, if the
// project has one such folder: "/app/lib" may be any that ends so.
func (f *files) below(name string, paths []string) []string {
	found := map[string]bool{}
	for _, p := range paths {
		p = strings.Trim(path.Clean("/"+p), "/")
		if p == "" {
			continue
		}
		for _, file := range f.modules[name[strings.LastIndexByte(name, '.')+1:]] {
			module := strings.TrimSuffix(strings.TrimSuffix(file, path.Ext(file)), "/__init__")
			if strings.HasSuffix("/"+module, "/"+p+"/"+strings.ReplaceAll(name, ".", "/")) {
				found[file] = true
			}
		}
	}
	if len(found) != 1 {
		return nil
	}
	return slices.Collect(maps.Keys(found))
}

// dotted is the name by which the file of a module is imported where the package that holds it is installed.
func (f *files) dotted(file string) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	dir := path.Dir(file)
	if name == "__init__" {
		name, dir = path.Base(dir), path.Dir(dir)
	}
	for ; f.python(path.Join(dir, "__init__.py")) != ""; dir = path.Dir(dir) {
		name = path.Base(dir) + "." + name
	}
	return name
}
