package pyodide

import (
	_ "embed"
	"iter"
	"slices"
	"strings"
	"sync"
)

// names.txt, stdlib.txt and packages.txt are what releases of Pyodide have for Python to import. scripts/modules asks
// the last release of each line for them.
// Source: the releases themselves, in a browser, and their pyodide-lock.json.
var (
	//go:embed names.txt
	namesText string
	//go:embed stdlib.txt
	stdlibText string
	//go:embed packages.txt
	packagesText string
)

// rows are the rows of a table, each as its cells.
func rows(text string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			if !yield(strings.Split(strings.TrimSuffix(line, "\n"), "\t")) {
				return
			}
		}
	}
}

// linesIn reads the lines of releases in a table.
func linesIn(cell string) Versions {
	s, _ := ParseVersions(cell) // a dash is none
	return s
}

// part is one of Pyodide's own modules.
type part struct {
	lines Versions
	names map[string]Versions
	own   map[string]bool // which of them it lists as its own
}

var parts = sync.OnceValue(func() map[string]part {
	all := map[string]part{}
	module := ""
	for cells := range rows(namesText) {
		if cells[0] != "" {
			module = cells[0]
			all[module] = part{linesIn(cells[1]), map[string]Versions{}, map[string]bool{}}
			continue
		}
		list, besides := strings.CutPrefix(cells[2], "- ")
		for name := range strings.FieldsSeq(list) {
			all[module].names[name] = linesIn(cells[1])
			all[module].own[name] = !besides
		}
	}
	return all
})

// Part are the lines of releases that have one of Pyodide's own modules; ok is false for what is none.
func Part(module string) (s Versions, ok bool) {
	p, ok := parts()[module]
	return p.lines, ok
}

// Dated says whether the releases of Pyodide tell which names a module has. PyScript's come and go with its own, of which
// several are for one line.
func Dated(module string) bool { return !hasPart(module, "pyscript") }

// PartHas are the lines of releases of which one of Pyodide's own modules has a name, as an attribute or as a module
// below it.
func PartHas(module, name string) Versions {
	return parts()[module].names[name].Or(parts()[module+"."+name].lines)
}

// IsAttribute says whether a name of one of Pyodide's own modules is there as soon as that is imported.
func IsAttribute(module, name string) bool { return parts()[module].names[name] == AllVersions }

// homes are the modules in which Pyodide documents its names.
// Source: https://pyodide.org/en/stable/usage/api/python-api.html
var homes = []string{"pyodide.ffi", "pyodide.ffi.wrappers", "pyodide.code", "pyodide.http", "pyodide.webloop", "pyodide.console"}

// HomeOf is the module that lists a name as its own, and the lines of releases in which it has it. It is empty for a name
// that none lists, or several do.
func HomeOf(name string) (module string, s Versions) {
	for _, home := range homes {
		if p := parts()[home]; p.own[name] {
			if module != "" {
				return "", 0
			}
			module, s = home, p.names[name]
		}
	}
	return module, s
}

// Absent says that a module of the standard library cannot be imported by itself.
type Absent struct {
	Has       Versions // the lines of releases that have it
	Elsewhere Versions // those whose Python has it elsewhere
	Want      string   // the module for want of which that is so, if it is another one
}

var absent = sync.OnceValue(func() map[string]Absent {
	all := map[string]Absent{}
	for cells := range rows(stdlibText) {
		all[cells[0]] = Absent{linesIn(cells[1]), linesIn(cells[2]), strings.Join(cells[3:], "")}
	}
	return all
})

// AbsentFrom is what is known of a module of the standard library, or of the nearest one around it, that some release
// does not have; ok is false for all others.
func AbsentFrom(module string) (a Absent, ok bool) {
	for {
		if a, ok = absent()[module]; ok {
			return a, true
		}
		at := strings.LastIndexByte(module, '.')
		if at < 0 {
			return a, false
		}
		module = module[:at]
	}
}

// Package is a package of Pyodide's distribution.
type Package struct {
	Name  string
	Lines Versions // of releases whose lock file has it
}

var packages = sync.OnceValue(func() map[string][]Package {
	all := map[string][]Package{}
	for cells := range rows(packagesText) {
		if strings.HasPrefix(cells[0], "+") {
			continue
		}
		all[cells[0]] = append(all[cells[0]], Package{cells[1], linesIn(cells[2])})
	}
	return all
})

// PackagesOf are the packages of Pyodide that bring a module, or the nearest one around it: one as a rule, several where
// it was renamed.
func PackagesOf(module string) []Package {
	for {
		if all := packages()[module]; len(all) > 0 {
			return slices.Clone(all)
		}
		at := strings.LastIndexByte(module, '.')
		if at < 0 {
			return nil
		}
		module = module[:at]
	}
}

var needs = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for cells := range rows(packagesText) {
		if needed, ok := strings.CutPrefix(cells[0], "+"); ok {
			all[cells[1]] = append(all[cells[1]], needed)
		}
	}
	return all
})

// distributed are the names of the packages of Pyodide.
var distributed = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, some := range packages() {
		for _, p := range some {
			all[p.Name] = true
		}
	}
	return all
})

// NormalPackage is the one name of a package.
// Source: https://packaging.python.org/en/latest/specifications/name-normalization/
func NormalPackage(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(name), "_", "-"), ".", "-")
}

// Loaded are a package and all that it brings along, by their names; ok is false for one that is not Pyodide's own, of
// which nobody knows what it brings.
func Loaded(name string) (all []string, ok bool) {
	if !distributed()[name] {
		return nil, false
	}
	all = []string{name}
	for i := 0; i < len(all); i++ {
		for _, needed := range needs()[all[i]] {
			if !slices.Contains(all, needed) {
				all = append(all, needed)
			}
		}
	}
	return all, true
}
