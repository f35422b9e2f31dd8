package realm

import (
	"path"
	"regexp"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// command is one that has files run somewhere. The first group of its pattern is a path.
type command struct {
	word    string // without which the pattern finds nothing
	pattern *regexp.Regexp
	realms  pyodide.Realms
	entry   host.Entry
	what    string
	files   func(path string) []string // that the path stands for; nil for itself
	app     App
	code    bool // a script of Python may have it as well
	text    bool // a text for people, too, where it is what they are to do
}

// A path in a command: no option, no variable, nothing in the folder of somebody else.
const pathOf = `["']?((?:\./)?[\w][\w./*-]*)["']?`

var known = []command{
	{
		word: "panel", pattern: regexp.MustCompile(`\bpanel\s+convert\s+(?:-\S+\s+)*` + pathOf + `[^\n]*--to[ =]["']?(?:pyodide|pyscript)-worker\b`),
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "panel converts it for a worker", text: true,
	}, {
		word: "panel", pattern: regexp.MustCompile(`\bpanel\s+convert\s+(?:-\S+\s+)*` + pathOf + `[^\n]*--to[ =]["']?(?:pyodide|pyscript)(?:["'\s]|$)`),
		realms: pyodide.Main, entry: host.AsyncEntry, what: "panel converts it for a page", text: true,
	}, { // Source: https://github.com/posit-dev/shinylive, src/Components/App.tsx: the proxy is a worker's if nobody asks for another
		word: "shinylive", pattern: regexp.MustCompile(`\bshinylive\s+export\s+(?:--?\S+\s+)*` + pathOf),
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "shinylive runs it in a worker", files: pythonBelow,
	}, {
		word: "shiny static", pattern: regexp.MustCompile(`\bshiny\s+static\s+(?:--?\S+\s+)*` + pathOf),
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "shinylive runs it in a worker", files: pythonBelow,
	}, { // Source: https://docs.marimo.io/guides/wasm/
		word: "html-wasm", pattern: regexp.MustCompile(`\bexport\b["',\s]+html-wasm\b()`),
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "marimo exports it to run in a worker",
		files: func(string) []string { return []string{"**/*.py"} }, app: Marimo, code: true,
	}, { // Source: https://github.com/jebel-quant/marimushka
		word: "marimushka", pattern: regexp.MustCompile(`(?m)^\s*(?:apps|notebooks_wasm):\s*` + pathOf),
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "marimo exports it to run in a worker", files: pythonBelow, app: Marimo,
	}, {
		word: "jupyter", pattern: regexp.MustCompile(`\bjupyter[ -]lite\s+(?:build|serve)\b[^\n]*--contents[ =]` + pathOf),
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "JupyterLite runs it in a worker",
		files: func(p string) []string { return []string{path.Join(p, "**/*.ipynb"), p} },
	}, {
		word: "node", pattern: regexp.MustCompile(`\bnode\s+(?:--?[\w=-]+\s+)*` + pathOf + `\b`),
		realms: pyodide.Node, what: "Node runs it", files: scriptAt,
	}, {
		word: "deno", pattern: regexp.MustCompile(`\bdeno\s+(?:run|test)\s+(?:--?[\w=,.-]+\s+)*` + pathOf + `\b`),
		realms: pyodide.Node, what: "Deno runs it", files: scriptAt,
	}, {
		word: "bun", pattern: regexp.MustCompile(`\bbun\s+(?:run\s+)?` + pathOf + `\.[jt]s\b`),
		realms: pyodide.Node, what: "Bun runs it", files: scriptAt,
	}, {
		word: "vitest", pattern: regexp.MustCompile(`"\w[\w:-]*"\s*:\s*"[^"]*\b(?:vitest|jest|mocha)\b()`),
		realms: pyodide.Node, what: "a test that runs in Node", files: testScripts,
	}, {
		word: "jest", pattern: regexp.MustCompile(`"\w[\w:-]*"\s*:\s*"[^"]*\bjest\b()`),
		realms: pyodide.Node, what: "a test that runs in Node", files: testScripts,
	}, {
		word: "python", pattern: regexp.MustCompile(`\bpython3?(?:\.\d+)?\s+(?:-[uOBW]\s+)*` + pathOf + `\b`),
		realms: pyodide.Host, what: "another Python runs it", files: pythonAt,
	}, {
		word: "corn", pattern: regexp.MustCompile(`\b(?:uvicorn|gunicorn|hypercorn)\s+(?:--?\S+\s+)*([\w.]+):\w+`),
		realms: pyodide.Host, what: "a server runs it", files: moduleAt,
	},
}

func pythonBelow(p string) []string { return []string{path.Join(p, "**/*.py"), p} }

func pythonAt(p string) []string {
	if path.Ext(p) != ".py" {
		return nil
	}
	return []string{p}
}

func moduleAt(p string) []string { return []string{strings.ReplaceAll(p, ".", "/") + ".py"} }

func scriptAt(p string) []string {
	switch path.Ext(p) {
	case ".js", ".mjs", ".cjs", ".ts", ".mts":
		return []string{p}
	}
	return nil
}

func testScripts(string) []string { return []string{"**/*.{test,spec}.{js,mjs,ts,mts,tsx}"} }

// commands marks what the commands in a file have run.
func (m *marking) commands() {
	ending := path.Ext(m.file)
	code, text := ending == ".py", ending == ".md"
	for _, c := range known {
		if code && !c.code || text && !c.text || !strings.Contains(m.text, c.word) {
			continue
		}
		for _, at := range c.pattern.FindAllStringSubmatchIndex(m.text, -1) {
			p := m.text[at[2]:at[3]]
			files := []string{p}
			if c.files != nil {
				files = c.files(p)
			}
			if len(files) == 0 || strings.HasPrefix(p, "..") {
				continue
			}
			m.add(at[0], Mark{Files: files, Up: m.up(), App: c.app, Realms: c.realms, Entry: c.entry, What: c.what})
		}
	}
}

// up is how many folders above its own a file's commands run: those of a workflow run at the root, and a script in a
// folder of scripts is started beside that.
func (m *marking) up() int {
	dir := path.Dir(m.file)
	switch {
	case strings.HasSuffix(dir, ".github/workflows"):
		return 2
	case path.Base(dir) == "scripts":
		return 1
	}
	return 0
}
