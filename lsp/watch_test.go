package lsp

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// becomes waits until a document has so many findings.
func (e *fake) becomes(name string, findings int) {
	e.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		got := len(e.diagnostics(name))
		if got == findings {
			return
		}
		if time.Now().After(end) {
			e.t.Fatalf("%s has %d findings, want %d", name, got, findings)
		}
	}
}

// For an editor that watches no files the server looks after the settings: made, changed and deleted, in the folder and
// beside a document.
func TestSettingsAreWatched(t *testing.T) {
	e := connect(t)
	e.write("inner/pyodide-ls.toml", "")
	e.initialize(overlay(t, full, `{"workspace": {"didChangeWatchedFiles": null}}`))
	e.open("main.py", "python", late)
	e.open("inner/main.py", "python", late)
	e.becomes("main.py", 1)
	e.write("pyodide-ls.toml", "[rules]\nbare-callback = \"off\"\n")
	e.becomes("main.py", 0)
	e.becomes("inner/main.py", 1)
	e.write("inner/pyodide-ls.toml", "rules = { bare-callback = \"off\" }\n")
	e.becomes("inner/main.py", 0)
	e.write("inner/pyodide-ls.toml", "rules = {}\n")
	e.becomes("inner/main.py", 1)
	e.must(os.Remove(filepath.Join(e.dir, "pyodide-ls.toml")))
	e.becomes("main.py", 1)
	if e.watchers > 0 {
		t.Error("the editor was asked to watch")
	}
}
