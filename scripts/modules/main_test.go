package main

import (
	"os"
	"path/filepath"
	"testing"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/dist/disttest"
)

// What is committed is what the releases say.
func TestGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs a browser")
	}
	if os.Getenv(dist.CacheVariable) == "" {
		t.Setenv(dist.CacheVariable, disttest.Cache())
	}
	dir := t.TempDir()
	if err := write(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"names.txt", "packages.txt", "stdlib.txt"} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join("..", "..", "analysis", "pyodide", name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("analysis/pyodide/%s is stale: go run ./scripts/modules", name)
		}
	}
}

func TestSpelled(t *testing.T) {
	for want, set := range map[string]pyodide.Versions{
		"-": 0, "0.26..314": pyodide.AllVersions, "314": pyodide.Only(pyodide.V314), "0.26,0.28..0.29": pyodide.Only(pyodide.V026, pyodide.V028, pyodide.V029),
	} {
		if got := spelled(set); got != want {
			t.Errorf("%v is spelled %q, want %q", set, got, want)
		}
		if back, err := pyodide.ParseVersions(want); set != 0 && (err != nil || back != set) {
			t.Errorf("%q is read as %v, %v", want, back, err)
		}
	}
}

// A module that a release has in part only is there in the others; what is missing for want of a part of itself is
// missing for want of itself.
func TestTexts(t *testing.T) {
	all := map[pyodide.Version]answer{}
	for _, line := range pyodide.AllVersions.Each() {
		a := answer{missing: map[string]string{}, names: map[string]map[string]string{}}
		a.read([]string{"missing", "curses.panel", "curses"})
		a.read([]string{"from", "pyodide.ffi", "import", "to_js", "besides", "Any"})
		if line < pyodide.V314 {
			a.read([]string{"missing", "pty", "termios"})
		} else {
			a.read([]string{"library", "pty"})
			a.read([]string{"from", "pyodide.ffi", "import", "JsBigInt", "to_js", "besides", "Any"})
		}
		all[line] = a
	}
	if got, want := body(libraryText(all)), "curses.panel\t-\t-\npty\t314\t314\ttermios\n"; got != want {
		t.Errorf("the library is\n%s, want\n%s", got, want)
	}
	want := "pyodide.ffi\t0.26..314\n\t0.26..314\tto_js\n\t314\tJsBigInt\n\t0.26..314\t- Any\n"
	if got := body(namesText(all)); got != want {
		t.Errorf("the names are\n%s, want\n%s", got, want)
	}
	l := locked{map[brought]pyodide.Versions{}, map[brought]pyodide.Versions{}}
	err := l.read([]byte(`{"packages": {"pillow": {"name": "Pillow", "imports": ["PIL"], "depends": ["lib_jpeg"]}}}`), pyodide.Only(pyodide.V028))
	if got, want := body(l.text()), "PIL\tpillow\t0.28\n+lib-jpeg\tpillow\t0.28\n"; err != nil || got != want {
		t.Errorf("the packages are\n%s, want\n%s: %v", got, want, err)
	}
}

// body is a table without what stands at its head.
func body(text string) string {
	for text != "" && text[0] == '#' {
		for text[0] != '\n' {
			text = text[1:]
		}
		text = text[1:]
	}
	return text
}
