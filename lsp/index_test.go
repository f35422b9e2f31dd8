package lsp

import (
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// What changes beside the project, or says nothing of it before and after, gives no reason to look at all of it.
func TestFilesThatSayNothing(t *testing.T) {
	e := connect(t)
	e.write("index.html", "<p>")
	e.write("app.js", "run()")
	e.initialize(full)
	before := e.server.current.Load()
	var events []protocol.FileEvent
	for _, name := range []string{"node_modules/a/a.js", "node_modules/a/.gitignore", ".venv/x/pyproject.toml", "index.html", "app.js"} {
		e.write(name, "<p>again")
		events = append(events, protocol.FileEvent{URI: e.uri(name), Type: protocol.FileChangeTypeChanged})
	}
	e.must(e.DidChangeWatchedFiles(t.Context(), &protocol.DidChangeWatchedFilesParams{Changes: events}))
	e.settle()
	if after := e.server.current.Load(); after.folders[0] != before.folders[0] || after.settings != before.settings {
		t.Error("the folder was looked through again")
	}
}

// A bundle is left alone, and the person told once, however often it is edited.
func TestBundles(t *testing.T) {
	e := connect(t)
	e.initialize(full)
	e.open("bundle.js", "javascript", "pyodide.runPython('import js; js.setTimeout(print, 1)');"+strings.Repeat("f();", 100_000))
	for range 3 {
		e.change("bundle.js", &protocol.TextDocumentContentChangeWholeDocument{
			Text: "pyodide.runPython('import js; js.setTimeout(print, 2)');" + strings.Repeat("g();", 100_000),
		})
		if got := e.diagnostics("bundle.js"); len(got) > 0 {
			t.Errorf("diagnostics %v", got)
		}
	}
	if len(e.messages) != 1 || !strings.Contains(e.messages[0], "bundle.js: looks like a bundle") {
		t.Errorf("messages %q", e.messages)
	}
	if n := len(e.server.sessions.last); n > 0 {
		t.Errorf("%d trees are kept of it", n)
	}
}

// Unrelated scripts that are edited push no tree of Python out.
func TestUnrelatedScriptsKeepNoTrees(t *testing.T) {
	e := connect(t)
	e.initialize(full)
	e.open("app.js", "javascript", "run();\n")
	e.change("app.js", &protocol.TextDocumentContentChangeWholeDocument{Text: "run(1);\n"})
	e.settle()
	if n := len(e.server.sessions.last); n > 0 {
		t.Errorf("%d trees", n)
	}
}
