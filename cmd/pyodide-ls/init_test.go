package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pyodide-ls/gallery"
)

// somePattern is one that the program carries.
func somePattern(t *testing.T) gallery.Pattern {
	t.Helper()
	all := gallery.All()
	if len(all) == 0 {
		t.Fatal("no pattern is here")
	}
	return all[0]
}

func TestInit(t *testing.T) {
	p := somePattern(t)
	got := program(t, "", "init")
	got.wants(t, exitClean, p.Part+"\n", "")
	if !strings.Contains(got.out, p.Name) || !strings.Contains(got.out, p.Title) {
		t.Errorf("it lists\n%s", got.out)
	}
	program(t, "", "init", "moon").wants(t, exitUsage, "", `unknown command "moon"`)
	program(t, "", "init", "pattern", p.Name+"x").wants(t, exitUsage, "", "did you mean "+p.Name+"?")
	program(t, "", "init", "pattern").wants(t, exitUsage, "", "accepts 1 arg")
}

// Each pattern is copied whole, with what it shares, and a second time nothing is.
func TestInitPattern(t *testing.T) {
	somePattern(t)
	for _, p := range gallery.All() {
		t.Run(p.Name, func(t *testing.T) {
			folder(t, nil)
			program(t, "", "init", "pattern", p.Name).wants(t, exitClean, "pyodide-ls preview "+p.Name, "")
			files, err := gallery.Folder(p.Name)
			if err != nil {
				t.Fatal(err)
			}
			names, err := filesIn(files)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				want, err := fs.ReadFile(files, name)
				if err != nil {
					t.Fatal(err)
				}
				if got := read(t, filepath.Join(p.Name, filepath.FromSlash(name))); got != string(want) {
					t.Errorf("%s is another", name)
				}
			}
			again := program(t, "", "init", "pattern", p.Name)
			again.wants(t, exitUsage, "", "nothing was written, since "+p.Name+" has these already: ")
			for _, name := range names {
				if !strings.Contains(again.log, name) {
					t.Errorf("it does not name %s: %s", name, again.log)
				}
			}
		})
	}
}

// One file in the way is enough for nothing to be written.
func TestInitPatternInto(t *testing.T) {
	p := somePattern(t)
	folder(t, map[string]string{"site/index.html": "mine", "site/other.txt": ""})
	program(t, "", "init", "pattern", p.Name, "--into", "site").
		wants(t, exitUsage, "", "nothing was written, since site has these already: index.html; name another folder with --into\n")
	entries, err := os.ReadDir("site")
	if err != nil || len(entries) != 2 || read(t, "site/index.html") != "mine" {
		t.Errorf("%v, %v", entries, err)
	}
	write(t, "file", "")
	program(t, "", "init", "pattern", p.Name, "--into", "file/below").wants(t, exitTrouble, "", "copy "+p.Name+": ")
	program(t, "", "init", "pattern", p.Name, "--into", "it's here").wants(t, exitClean, `pyodide-ls preview 'it'\''s here'`, "")
	program(t, "", "init", "pattern", p.Name, "--into", ".").wants(t, exitClean, "pyodide-ls preview .", "")
}
