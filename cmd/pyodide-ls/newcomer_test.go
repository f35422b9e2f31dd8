package main

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
)

// A newcomer copies a folder into a project of their own, and it works there: behind a server that is not ours and knows
// nothing of isolation, with a Pyodide that they host themselves, since the content network's cannot be relied on here.
func TestPatternInOwnProject(t *testing.T) {
	inBrowser(t)
	runtime, _, err := dist.Fetch(t.Context(), "", dist.Pyodide(pyodide.V314))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"reactive-signals", "idbfs-persistence", "bootstrapping"} {
		t.Run(name, func(t *testing.T) {
			folder(t, map[string]string{"pyproject.toml": "[project]\nname = \"mine\"\nversion = \"1\"\n", "src/mine.py": "print(1)\n"})
			program(t, "", "init", "pattern", name, "--into", "web").wants(t, exitClean, "wrote ", "")
			program(t, "", "check", "--min-severity", "hint").wants(t, exitClean, "", "")
			hostPyodide(t, "web", "/pyodide/")
			mux := http.NewServeMux()
			mux.Handle("/", http.FileServer(http.Dir("web")))
			mux.Handle("/pyodide/", http.StripPrefix("/pyodide/", http.FileServer(http.Dir(runtime))))
			server := httptest.NewServer(mux)
			defer server.Close()
			tab := openTab(t, server.URL)
			until(t, tab, has("#status", "Ready"))
		})
	}
}

// hostPyodide has the files of a folder load Pyodide from another address.
func hostPyodide(t *testing.T, dir, address string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !slices.Contains([]string{".html", ".mjs", ".py"}, filepath.Ext(path)) {
			return err
		}
		return os.WriteFile(path, []byte(preview.Local(read(t, path), address)), 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
}
