package config

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// project makes a folder with files, given as path and text in turn.
func project(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(dir, filepath.FromSlash(files[i]))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestNearestFileDecidesAlone(t *testing.T) {
	dir := project(t,
		"pyproject.toml", "[tool.pyodide-ls]\nrealm = 'main'\nexclude = ['a']",
		"plain/deep/a.py", "",
		"other/pyproject.toml", "[tool.ruff]",
		"broken/pyproject.toml", "not [ TOML",
		"own/pyodide-ls.toml", "",
		"both/pyodide-ls.toml", "realm = 'worker'",
		"both/pyproject.toml", "[tool.pyodide-ls]\nrealm = 'node'",
		"both/deep/pyproject.toml", "[tool.pyodide-ls]\nrealm = 'host'")
	f := NewFinder(known)
	for folder, want := range map[string]struct{ path, realm string }{
		"":           {"pyproject.toml", "main"},
		"plain/deep": {"pyproject.toml", "main"},
		"other":      {"pyproject.toml", "main"}, // its own says nothing of this tool
		"broken":     {"pyproject.toml", "main"}, // whoever reads it reports it
		"own":        {"own/pyodide-ls.toml", ""},
		"both":       {"both/pyodide-ls.toml", "worker"},
		"both/deep":  {"both/deep/pyproject.toml", "host"},
	} {
		s, err := f.For(filepath.Join(dir, filepath.FromSlash(folder)))
		if err != nil {
			t.Errorf("%s: %v", folder, err)
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(want.path))
		if s.Path != path || s.Dir != filepath.Dir(path) || s.Realm != want.realm {
			t.Errorf("%s: settings of %s for %s with realm %q, want %s with %q", folder, s.Path, s.Dir, s.Realm, path, want.realm)
		}
	}
}

func TestDefaultsWithoutAFile(t *testing.T) {
	t.Chdir(project(t))
	s, err := NewFinder(known).For(".")
	if err != nil || s.Path != "" || s.Dir != "" {
		t.Errorf("got %+v, %v", s, err)
	}
}

func TestFinderErrors(t *testing.T) {
	dir := project(t,
		"wrong/pyodide-ls.toml", "realm = 'x'", "wrong/deep/a.py", "",
		"folder/pyodide-ls.toml/a", "")
	for folder, want := range map[string]string{
		"wrong":        "pyodide-ls.toml:1:9: unknown realm",
		"wrong/deep":   "pyodide-ls.toml:1:9: unknown realm",
		"folder":       "pyodide-ls.toml: cannot be read: is a directory",
		"missing":      "missing: cannot be read: no such file or directory",
		"missing/deep": "deep: cannot be read: no such file or directory",

		"wrong/deep/a.py": "a.py: is not a folder",
	} {
		s, err := NewFinder(known).For(filepath.Join(dir, filepath.FromSlash(folder)))
		if s != nil || err == nil || !strings.Contains(err.Error(), want) || len(Errors(err)) != 1 {
			t.Errorf("%s: %v, %v; want error %q", folder, s, err, want)
		}
	}
}

func TestFinderLooksOnce(t *testing.T) {
	dir := project(t, "pyodide-ls.toml", "realm = 'node'", "a/b/x.py", "", "a/c/x.py", "")
	f := NewFinder(known)
	first, err := f.For(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "pyodide-ls.toml")); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Go(func() {
			folder := filepath.Join(dir, "a", string("bc"[i%2]))
			if s, err := f.For(folder); s != first || err != nil {
				t.Errorf("%s: %v, %v", folder, s, err)
			}
		})
	}
	wait.Wait()
}
