package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/dist"
)

// brought is a module and the package that brings it, or a package and one that needs it.
type brought struct{ module, by string }

// locked is what the packages of lock files bring, and what they need.
type locked struct{ modules, needs map[brought]pyodide.Versions }

// packages is the table of what the packages of the lock files bring.
func packages(ctx context.Context) (string, error) {
	all := locked{map[brought]pyodide.Versions{}, map[brought]pyodide.Versions{}}
	for _, line := range pyodide.AllVersions.Each() {
		dir, _, err := dist.Fetch(ctx, "", dist.Pyodide(line))
		if err != nil {
			return "", err
		}
		text, err := os.ReadFile(filepath.Join(dir, "pyodide-lock.json"))
		if err != nil {
			return "", err
		}
		if err := all.read(text, pyodide.Only(line)); err != nil {
			return "", fmt.Errorf("the lock file of Pyodide %s: %w", line, err)
		}
	}
	return all.text(), nil
}

// read reads the lock file of a line.
func (l locked) read(text []byte, line pyodide.Versions) error {
	var lock struct {
		Packages map[string]struct {
			Name    string   `json:"name"`
			Imports []string `json:"imports"`
			Depends []string `json:"depends"`
		} `json:"packages"`
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		return err
	}
	for _, p := range lock.Packages {
		name := normal(p.Name)
		for _, module := range p.Imports {
			l.modules[brought{module, name}] |= line
		}
		for _, needed := range p.Depends {
			l.needs[brought{normal(needed), name}] |= line
		}
	}
	return nil
}

// normal is the one name of a package.
// Source: https://packaging.python.org/en/latest/specifications/name-normalization/
func normal(name string) string { return strings.ReplaceAll(strings.ToLower(name), "_", "-") }

func (l locked) text() string {
	var out strings.Builder
	out.WriteString("# Modules, the package of Pyodide that brings each, and the lines of releases of which the lock file has that; behind\n" +
		"# a plus, packages with one that needs each. Written by scripts/modules.\n")
	write := func(sign string, rows map[brought]pyodide.Versions) {
		for _, b := range slices.SortedFunc(maps.Keys(rows), func(a, b brought) int {
			return cmp.Or(cmp.Compare(a.module, b.module), cmp.Compare(a.by, b.by))
		}) {
			fmt.Fprintf(&out, "%s%s\t%s\t%s\n", sign, b.module, b.by, spelled(rows[b]))
		}
	}
	write("", l.modules)
	write("+", l.needs)
	return out.String()
}
